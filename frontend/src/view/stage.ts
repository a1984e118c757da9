/** Manages the canvases inside the host: their size, their renderer, and loss of the graphics context. */

import { CanvasRenderer } from "../gl/canvas_renderer";
import { GlRenderer } from "../gl/gl_renderer";
import type { Renderer } from "../gl/scene";
import { Overlay } from "./overlay";
import type { PictureProblem } from "./picture_props";

interface StageEvents {
  /** A new renderer, which has no props yet; also at the start. */
  onRenderer(renderer: Renderer, problem: PictureProblem | null): void;
  onRendererLost(problem: PictureProblem): void;
  onResize(): void;
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
const PLAIN: PictureProblem = {
  message: "This browser has no WebGL 2: all points are drawn, but slowly, and without thumbnails.",
  fix: "Turn on hardware acceleration in the browser's settings, or use another browser.",
};
const LOST: PictureProblem = {
  message: "The graphics driver took the picture away (its context was lost).",
  fix: "It is drawn again as soon as the driver answers; if it does not, reload the page.",
};

export class Stage {
  readonly canvas = document.createElement("canvas");
  readonly overlay = new Overlay();
  renderer: Renderer | null = null;
  /** CSS px. */
  width = 0;
  height = 0;
  pixelRatio = 1;
  #isFitted = false;
  readonly #listening = new AbortController();
  readonly #sizes: ResizeObserver;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: StageEvents,
  ) {
    if (getComputedStyle(host).position === "static") host.style.position = "relative";
    this.canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;touch-action:none;display:block";
    host.append(this.canvas, this.overlay.canvas);
    const { signal } = this.#listening;
    this.canvas.addEventListener("webglcontextlost", (event) => this.#lose(event), { signal });
    this.canvas.addEventListener("webglcontextrestored", () => this.start(), { signal });
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(host);
  }

  /** Creates the renderer; separate from the constructor so that the caller's fields are set when it is notified. */
  start(): void {
    this.renderer = this.#makeRenderer();
    this.#measure();
    this.#isFitted = false;
    this.fitCanvas();
    this.events.onRenderer(this.renderer, this.renderer instanceof GlRenderer ? null : PLAIN);
  }

  #makeRenderer(): Renderer {
    const gl = this.canvas.getContext("webgl2", CONTEXT);
    if (gl) return new GlRenderer(gl);
    const context = this.canvas.getContext("2d", { alpha: false });
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
    [this.width, this.height, this.pixelRatio] = [clientWidth, clientHeight, pixelRatio];
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
    this.canvas.width = Math.max(1, Math.round(width * pixelRatio));
    this.canvas.height = Math.max(1, Math.round(height * pixelRatio));
    this.overlay.resize(width, height, pixelRatio);
    this.renderer?.resize(this.canvas.width, this.canvas.height);
    this.#isFitted = true;
  }

  dispose(): void {
    this.#listening.abort();
    this.#sizes.disconnect();
    this.renderer?.dispose();
    this.renderer = null;
    this.canvas.remove();
    this.overlay.canvas.remove();
  }
}
