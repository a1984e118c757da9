/** A picture that persists between frames: color and depth at the window's size, drawn incrementally. */

/** px. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

export class OffscreenPicture implements FrameSize {
  readonly #framebuffer: WebGLFramebuffer;
  readonly #color: WebGLRenderbuffer;
  readonly #depth: WebGLRenderbuffer;
  width = 0;
  height = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#framebuffer = gl.createFramebuffer();
    this.#color = gl.createRenderbuffer();
    this.#depth = gl.createRenderbuffer();
  }

  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    const { gl } = this;
    [this.width, this.height] = [width, height];
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#color);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, width, height);
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#depth);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT24, width, height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, this.#color);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, this.#depth);
  }

  bind(): void {
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, this.#framebuffer);
    this.gl.viewport(0, 0, this.width, this.height);
  }

  /** Copies the picture to the canvas and leaves the canvas bound. */
  copyToCanvas(): void {
    const { gl } = this;
    const { width, height } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    // A canvas is cleared after it was shown, before its next draw or read, and browsers do not count a copy as a draw.
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.#framebuffer);
    gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, width, height);
  }

  dispose(): void {
    this.gl.deleteFramebuffer(this.#framebuffer);
    this.gl.deleteRenderbuffer(this.#color);
    this.gl.deleteRenderbuffer(this.#depth);
  }
}
