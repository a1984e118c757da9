/** A picture being drawn incrementally: into what, in which view, and what of it is there. */

import { DensityPass } from "./density_pass";
import type { GlScene } from "./gl_scene";
import type { OffscreenPicture } from "./offscreen_picture";
import { PASS, type View } from "./scene";

export class GlDrawing {
  view: View | null = null;
  #picture: OffscreenPicture | null = null;
  /** Created on first use. */
  #density: DensityPass | null = null;
  /** Fraction of the points in the density sums. */
  #share = 0;
  #hasLines = false;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly scene: GlScene,
  ) {}

  begin(view: View, picture: OffscreenPicture): void {
    [this.view, this.#picture, this.#hasLines] = [view, picture, false];
    picture.bind();
    this.#clear(view);
    if (view.densityPeak === null) return;
    this.#density ??= new DensityPass(this.gl);
    this.#density.begin(picture.width, picture.height);
  }

  #clear({ style }: View): void {
    const { gl } = this;
    gl.depthMask(true);
    gl.clearColor(style.ground[0], style.ground[1], style.ground[2], 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  }

  draw(pass: number, from: number, to: number): void {
    const { view, scene } = this;
    const picture = this.#picture;
    if (!view || !picture) return;
    if (view.densityPeak !== null && pass !== PASS.lines && pass !== PASS.labels) {
      if (this.#density) scene.addToDensity(this.#density, view, pass, from, to);
      this.#share = to / scene.chunks;
      return;
    }
    picture.bind();
    scene.drawPass(view, picture, pass, from, to);
    if (pass === PASS.lines) this.#hasLines = scene.hasLines;
  }

  /**
   * Draws the density over the lines, which are drawn first and complete; without lines, over a cleared picture, since
   * the density may be revealed repeatedly.
   */
  reveal(): void {
    const { view } = this;
    if (view === null || view.densityPeak === null) return;
    this.#picture?.bind();
    if (!this.#hasLines) this.#clear(view);
    this.#density?.reveal(view, view.densityPeak, this.#share);
  }

  dispose(): void {
    this.#density?.dispose();
  }
}
