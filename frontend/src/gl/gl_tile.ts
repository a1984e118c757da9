/** Draws the scene in another view and size at once, beside the picture on the screen. */

import { GlDrawing } from "./gl_drawing";
import type { GlScene } from "./gl_scene";
import { OffscreenPicture } from "./offscreen_picture";
import { readBound } from "./read_bound";
import type { Pixels, View } from "./scene";

export class GlTile {
  readonly #picture: OffscreenPicture;
  readonly #drawing: GlDrawing;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly scene: GlScene,
  ) {
    this.#picture = new OffscreenPicture(gl);
    this.#drawing = new GlDrawing(gl, scene);
  }

  draw(view: View, passes: readonly number[], width: number, height: number): Pixels {
    const { gl, scene } = this;
    const picture = this.#picture;
    picture.resize(width, height);
    this.#drawing.begin(view, picture);
    for (const pass of passes) this.#drawing.draw(pass, 0, scene.chunks);
    this.#drawing.reveal();
    picture.bind();
    gl.depthMask(true);
    gl.clear(gl.DEPTH_BUFFER_BIT); // Raised points lie over all others.
    scene.drawRaised(view, picture, false);
    picture.bind();
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE)
      throw new Error("the graphics driver has lost the picture, or has no memory left for it; try again");
    return readBound(gl, width, height);
  }

  dispose(): void {
    this.#picture.dispose();
    this.#drawing.dispose();
  }
}
