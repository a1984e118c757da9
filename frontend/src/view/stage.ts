/** Manages the canvases inside the host: their size, their renderer, and loss of the graphics context. */

import { CanvasRenderer } from "../gl/canvas_renderer";
import { GlRenderer } from "../gl/gl_renderer";
import type { ShaderError } from "../gl/program";
import type { Renderer } from "../gl/scene";
import { Overlay } from "./overlay";
import type { PictureProblem } from "./picture_props";

interface StageEvents {
  /** A new renderer, which has no props yet; also at the start. */
  onRenderer(renderer: Renderer, problem: PictureProblem | null): void;
  onRendererLost(problem: PictureProblem): void;
  onResize(): void;
  /** The window is on another screen, or its zoom has changed. */
  onPixelRatio(): void;
  /** TensorBoard switches to another tab. */
  onHide(): void;
}

const PIXEL_RATIO_MAX = 2;
const CONTEXT: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: true,
  powerPreference: "high-performance",
};
const NO_WEBGL: PictureProblem = {
  message: "This browser has no WebGL 2: all points are drawn, but slowly, and without thumbnails.",
  fix: "Turn on hardware acceleration in the browser's settings, or use another browser.",
};
const NO_SHADER: PictureProblem = {
  message:
    "The graphics driver does not run this page's shaders: all points are drawn, but slowly, and without thumbnails.",
  fix: "Update the graphics driver, or use another browser.",
};
const LOST: PictureProblem = {
  message: "The graphics driver took the picture away (its context was lost).",
  fix: "It is drawn again as soon as the driver answers; if it does not, reload the page.",
};

export class Stage {
  /** Takes the pointer's events: it stays when the canvas inside it is replaced. */
  readonly ground = document.createElement("div");
  readonly overlay = new Overlay();
  renderer: Renderer | null = null;
  /** CSS px. */
  width = 0;
  height = 0;
  pixelRatio = 1;
  #canvas = makeCanvas();
  #isFitted = false;
  readonly #listening = new AbortController();
  readonly #watching = new AbortController();
  readonly #sizes: ResizeObserver;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: StageEvents,
  ) {
    if (getComputedStyle(host).position === "static") host.style.position = "relative";
    this.ground.style.cssText = "position:absolute;inset:0;touch-action:none";
    this.ground.append(this.#canvas);
    host.append(this.ground, this.overlay.canvas);
    const { signal } = this.#listening;
    this.#canvas.addEventListener("webglcontextlost", (event) => this.#lose(event), { signal });
    this.#canvas.addEventListener("webglcontextrestored", () => this.start(), { signal });
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(host);
    this.#watchPixelRatio();
  }

  /** It may change while the size in CSS px stays. */
  #watchPixelRatio(): void {
    const change = () => {
      this.#measure();
      this.#watchPixelRatio();
    };
    const { signal } = this.#watching;
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", change, { once: true, signal });
  }

  /** Creates the renderer; separate from the constructor so that the caller's fields are set when it is notified. */
  start(): void {
    const gl = this.#canvas.getContext("webgl2", CONTEXT);
    if (gl) this.#begin(new GlRenderer(gl), null);
    else this.#begin(this.#makeCanvasRenderer(), NO_WEBGL);
  }

  /** Goes on without WebGL, whose driver does not compile a program: on a new canvas, since one has one kind of context. */
  drawWithoutWebgl(error: ShaderError): void {
    this.#listening.abort();
    this.renderer?.dispose();
    const canvas = makeCanvas();
    this.#canvas.replaceWith(canvas);
    this.#canvas = canvas;
    const [firstLine] = error.message.split("\n");
    this.#begin(this.#makeCanvasRenderer(), { ...NO_SHADER, message: `${NO_SHADER.message} (${firstLine})` });
  }

  #begin(renderer: Renderer, problem: PictureProblem | null): void {
    this.renderer = renderer;
    this.#measure();
    this.#isFitted = false;
    this.fitCanvas();
    this.events.onRenderer(renderer, problem);
  }

  #makeCanvasRenderer(): CanvasRenderer {
    const context = this.#canvas.getContext("2d", { alpha: false });
    if (context) return new CanvasRenderer(context);
    throw new Error("This browser gives neither a WebGL 2 nor a 2-D canvas context, so no points can be drawn.");
  }

  get textureMaxPx(): number {
    return this.renderer?.textureMaxPx ?? 0;
  }

  #lose(event: Event): void {
    // Without this the browser never restores the context.
    event.preventDefault();
    this.renderer = null;
    this.events.onRendererLost(LOST);
  }

  /** TensorBoard hides a tab by setting its height to zero: nothing can be drawn then, but everything is retained. */
  get isVisible(): boolean {
    return this.width > 0 && this.height > 0;
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.host;
    const pixelRatio = Math.min(devicePixelRatio || 1, PIXEL_RATIO_MAX);
    if (clientWidth === this.width && clientHeight === this.height && pixelRatio === this.pixelRatio) return;
    const isSame = pixelRatio === this.pixelRatio;
    [this.width, this.height, this.pixelRatio] = [clientWidth, clientHeight, pixelRatio];
    if (!isSame) this.events.onPixelRatio();
    if (this.isVisible) this.#isFitted = false;
    if (this.isVisible) this.events.onResize();
    else this.events.onHide();
  }

  /**
   * Resizes the canvases to the window. That clears them, so it is done in the frame that redraws them: a canvas
   * cleared between two frames shows up black.
   */
  fitCanvas(): void {
    if (this.#isFitted || !this.isVisible) return;
    const { width, height, pixelRatio } = this;
    this.#canvas.width = Math.max(1, Math.round(width * pixelRatio));
    this.#canvas.height = Math.max(1, Math.round(height * pixelRatio));
    this.overlay.resize(width, height, pixelRatio);
    this.renderer?.resize(this.#canvas.width, this.#canvas.height);
    this.#isFitted = true;
  }

  dispose(): void {
    this.#listening.abort();
    this.#watching.abort();
    this.#sizes.disconnect();
    this.renderer?.dispose();
    this.renderer = null;
    this.ground.remove();
    this.overlay.canvas.remove();
  }
}

function makeCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "width:100%;height:100%;display:block";
  return canvas;
}
