/**
 * Decides how much is drawn in each frame. While the view changes, a subset that fits the time budget; at rest the
 * others follow in slices, so that no frame takes long. A picture of the same view in another style is shown once it is
 * complete; a large one is delayed, since emphasized points appear over the old one at once, and often change again.
 */

import { EMPHASIS, type Renderer, type View } from "../gl/scene";

/** GPU budget per frame, while the view moves and while it rests. */
const MOVING_MS = 22;
const RESTING_MS = 45;
/**
 * Delay before redrawing a large picture in another style, and the longest one while neighbors of a clicked point are
 * on their way. Drawing at once would compete with the server for the cores, delay the frame that shows them, and be
 * restarted.
 */
const STYLE_DELAY_MS = 120;
const MAX_AWAITED_MS = 1000;
/** Initial rate in points per ms: a software rasterizer's. Measured from then on. */
const INITIAL_POINTS_PER_MS = 2_500;
/** Minimum rate: however slow a frame was (other processes, the compositor), a subset remains recognizable. */
const MIN_POINTS_PER_MS = 1_000;
/**
 * Fraction of the budget below which a frame counts as fast. Frames come in steps of 16.7 ms, so times up to 1.6
 * budgets are inconclusive.
 */
const FAST_FRACTION = 0.8;
const SLOW_FRACTION = 1.6;
const SPEED_UP_FACTOR = 1.5;
const MIN_SLOW_DOWN_FACTOR = 0.5;

export type Change = "view" | "style" | "none";

export class Painter {
  #passes: readonly number[] = [EMPHASIS.plain];
  #count = 0;
  #next = 0;
  #whole = true;
  #hidden = false;
  /** Earliest time to start the picture in another style. */
  #beginsAt = 0;
  #rate = INITIAL_POINTS_PER_MS;
  #given: { points: number; at: number; budgetMs: number } | null = null;

  constructor(private readonly renderer: Renderer) {}

  /** `passes`: emphases in use, in drawing order. */
  setWork(count: number, passes: readonly number[]): void {
    this.#count = count;
    this.#passes = passes;
  }

  /** Emphases, lines and labels, in drawing order. */
  get passes(): readonly number[] {
    return this.#passes;
  }

  /** All points are in the picture shown. */
  get isWhole(): boolean {
    return this.#whole;
  }

  /**
   * True if the visible picture changed. Draws nothing while the GPU is busy: see `Renderer.isIdle`. `isAwaited`: the
   * style is about to change again.
   */
  paint(now: number, change: Change, resting: boolean, view: View, isAwaited = false): boolean {
    this.#measure(now);
    if (change === "view") return this.#startView(now, view);
    if (change === "style") this.#startHidden(now);
    if (this.#whole || this.#isDelayed(now, isAwaited) || !(resting || change === "style")) return false;
    return this.#continue(now, view);
  }

  #isDelayed(now: number, isAwaited: boolean): boolean {
    const isBegun = this.#beginsAt === 0 || this.#next > 0;
    return now < this.#beginsAt + (isAwaited && !isBegun ? MAX_AWAITED_MS - STYLE_DELAY_MS : 0);
  }

  #measure(now: number): void {
    if (!this.#given) return;
    const { points, at, budgetMs } = this.#given;
    const share = (now - at) / budgetMs;
    // A slice cut short by the end of the work does not measure the rate.
    if (share <= FAST_FRACTION && points >= (this.#rate * budgetMs) / 2) this.#rate *= SPEED_UP_FACTOR;
    else if (share > SLOW_FRACTION)
      this.#rate = Math.max(MIN_POINTS_PER_MS, this.#rate * Math.max(MIN_SLOW_DOWN_FACTOR, SLOW_FRACTION / share));
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
    // Faded points belong behind: with two passes, the complete picture is a new one, not a continuation.
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
    const isShown = this.#whole || !this.#hidden;
    if (!isShown) renderer.submit(); // Otherwise the GPU would get slices faster than it draws them.
    return isShown;
  }

  /** Number of chunks that fit the time; at least one, so that there is always progress. */
  #affordable(ms: number): number {
    return Math.max(1, Math.floor((this.#rate * ms) / Math.max(1, this.#count / this.renderer.chunks)));
  }

  #note(now: number, chunks: number, budgetMs: number): void {
    this.#given = { points: (chunks * this.#count) / this.renderer.chunks, at: now, budgetMs };
  }
}
