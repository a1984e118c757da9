/**
 * Decides how much is drawn in which frame. While the view changes, a subset that the time allows; at rest the others
 * follow in slices, so that no frame takes long. A picture of the same view in another style is shown once it is whole; a
 * large one is begun a moment later, since what stands out is shown over the old one at once, and often changes again.
 */

import { EMPHASIS, type Renderer, type View } from "../gl/scene";

/** What one frame may cost the GPU, while the view moves and while it rests. */
const MOVING_MS = 22;
const RESTING_MS = 45;
/**
 * Delay of a large picture in another style: about as long as the neighbors of a clicked point are under way. Drawn at
 * once, it would take the cores from the server, hold up the frame that shows them, and be begun anew when they come.
 */
const STYLE_DELAY_MS = 120;
/** Points a ms to begin with: a software rasteriser's. Measured from then on. */
const FIRST_RATE = 2_500;
/** However slow a frame was (someone else's work, the compositor's), a subset stays large enough to be recognized. */
const LEAST_RATE = 1_000;
/** Frames come in steps of 16.7 ms, so what took up to 1.6 times its budget says nothing. */
const QUICK = 0.8;
const LATE = 1.6;
const FASTER = 1.5;
const SLOWER_MOST = 0.5;

export type Change = "view" | "style" | "none";

export class Painter {
  #passes: readonly number[] = [EMPHASIS.plain];
  #count = 0;
  #next = 0;
  #whole = true;
  #hidden = false;
  /** When the picture in another style may be begun. */
  #beginsAt = 0;
  #rate = FIRST_RATE;
  #given: { points: number; at: number; budgetMs: number } | null = null;

  constructor(private readonly renderer: Renderer) {}

  /** `passes`: which emphases the points have, in drawing order. */
  setWork(count: number, passes: readonly number[]): void {
    this.#count = count;
    this.#passes = passes;
  }

  /** All points are in the picture that is shown. */
  get isWhole(): boolean {
    return this.#whole;
  }

  /** True when the picture that is shown changed. Draws nothing while the GPU is at work: see `Renderer.isIdle`. */
  paint(now: number, change: Change, resting: boolean, view: View): boolean {
    this.#measure(now);
    if (change === "view") return this.#startView(now, view);
    if (change === "style") this.#startHidden(now);
    if (this.#whole || now < this.#beginsAt || !(resting || change === "style")) return false;
    return this.#continue(now, view);
  }

  #measure(now: number): void {
    if (!this.#given) return;
    const { points, at, budgetMs } = this.#given;
    const share = (now - at) / budgetMs;
    // A slice cut short by the end of the work was not a test of speed.
    if (share <= QUICK && points >= (this.#rate * budgetMs) / 2) this.#rate *= FASTER;
    else if (share > LATE) this.#rate = Math.max(LEAST_RATE, this.#rate * Math.max(SLOWER_MOST, LATE / share));
    this.#given = null;
  }

  #startView(now: number, view: View): boolean {
    const { renderer } = this;
    const passes = this.#passes;
    const chunks = Math.min(renderer.chunks, this.#affordable(MOVING_MS / passes.length));
    renderer.begin(view);
    for (const emphasis of passes) renderer.draw(emphasis, 0, chunks);
    renderer.reveal();
    this.#hidden = false;
    this.#beginsAt = 0;
    this.#whole = chunks === renderer.chunks;
    this.#next = chunks;
    // Faded points belong behind: where there are two passes, the whole is another picture, not a continuation.
    if (!this.#whole && passes.length > 1) this.#startLater();
    this.#note(now, chunks * passes.length, MOVING_MS);
    return true;
  }

  #startLater(): void {
    this.#next = 0;
    this.#hidden = true;
  }

  #startHidden(now: number): void {
    const chunks = this.renderer.chunks * this.#passes.length;
    this.#startLater();
    this.#whole = false;
    this.#beginsAt = chunks > this.#affordable(RESTING_MS) ? now + STYLE_DELAY_MS : 0;
  }

  #continue(now: number, view: View): boolean {
    const { renderer } = this;
    const passes = this.#passes;
    const { chunks } = renderer;
    if (this.#hidden && this.#next === 0) renderer.begin(view);
    const end = Math.min(chunks * passes.length, this.#next + this.#affordable(RESTING_MS));
    const drawn = end - this.#next;
    while (this.#next < end) {
      const pass = Math.floor(this.#next / chunks);
      const to = Math.min(end, (pass + 1) * chunks);
      renderer.draw(passes[pass], this.#next - pass * chunks, to - pass * chunks);
      this.#next = to;
    }
    this.#whole = this.#next === chunks * passes.length;
    if (this.#whole) renderer.reveal();
    this.#note(now, drawn, RESTING_MS);
    return this.#whole || !this.#hidden;
  }

  /** Chunks that fit in so much time; at least one, so that there is always progress. */
  #affordable(ms: number): number {
    return Math.max(1, Math.floor((this.#rate * ms) / Math.max(1, this.#count / this.renderer.chunks)));
  }

  #note(now: number, chunks: number, budgetMs: number): void {
    this.#given = { points: (chunks * this.#count) / this.renderer.chunks, at: now, budgetMs };
  }
}
