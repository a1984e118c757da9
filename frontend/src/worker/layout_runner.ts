/**
 * Runs one layout inside the worker: a slice of work, then pending messages from the page, then the next slice. Messages
 * that arrive during an iteration, which another thread may take part in, apply after it. It may
 * start with a part of its graph, and wait at an iteration for the whole one, so that the picture is the same however
 * long that takes.
 */
import type { Layout } from "../engine/layout";
import type { FromWorker } from "./layout_messages";
import { Speed } from "./speed";

/** Number of buffers shared by worker and page: enough that neither waits, few enough to bound the memory. */
export const BUFFERS = 4;
/** Iterations between measurements of the KL divergence, each of which costs about an iteration. */
const DIVERGENCE_EVERY = 25;

type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void;

export class LayoutRunner {
  #layout: Layout;
  /** The layout of the whole graph, which takes over at `#holdAt`. */
  #next: { layout: Layout; preparing: Generator<number>; isPrepared: boolean } | null = null;
  /** Null: it has its whole graph. */
  #holdAt: number | null;
  #iteration = 0;
  readonly #free: Float32Array<ArrayBuffer>[];
  readonly #speed = new Speed();
  readonly #preparing: Generator<number>;
  #isPrepared = false;
  #isPaused = false;
  #isOver = false;
  /** Work has been scheduled with `later`, or is under way. */
  #isScheduled = false;
  #isWorking = false;
  /** Calls to make after the iteration under way. */
  #afterwards: (() => void)[] = [];

  /** @param later schedules a function after the messages already pending. */
  constructor(
    layout: Layout,
    private readonly post: Post,
    private readonly later: (work: () => void) => void,
    holdAt: number | null = null,
  ) {
    this.#layout = layout;
    this.#holdAt = holdAt;
    this.#free = Array.from({ length: BUFFERS }, () => new Float32Array(layout.count * layout.dimensions));
    this.#preparing = layout.prepare();
    this.#continue();
  }

  releaseBuffer(positions: Float32Array<ArrayBuffer>): void {
    this.#free.push(positions);
    this.#continue();
  }

  pause(): void {
    if (this.#isPaused || this.#isOver) return;
    this.#rest();
    this.#between(() => {
      if (!this.#isPrepared || !this.#isPaused) return;
      then(this.#layout.klDivergence(), (klDivergence) => this.post({ kind: "rested", klDivergence }));
    });
  }

  #rest(): void {
    this.#isPaused = true;
    this.#speed.rest();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#layout.settling?.restart();
    this.#isPaused = false;
    this.#continue();
  }

  setRates(learningRate: number | null, exaggeration: number, supervision: number): void {
    this.#between(() => {
      for (const layout of [this.#layout, this.#next?.layout]) {
        layout?.setRates?.(learningRate, exaggeration, supervision);
      }
    });
    this.#layout.settling?.restart();
  }

  perturb(): void {
    this.#between(() => this.#isPrepared && this.#layout.perturb());
    this.#layout.settling?.restart();
  }

  /** Takes over the current layout once that is where it waits. */
  refine(layout: Layout): void {
    this.#next = { layout, preparing: layout.prepare(), isPrepared: false };
    this.#continue();
  }

  settleForFirst(): void {
    this.#holdAt = null;
    this.#continue();
  }

  get #isHeld(): boolean {
    return this.#holdAt !== null && this.#iteration >= this.#holdAt;
  }

  /** Does it now, or after the iteration under way. */
  #between(work: () => void): void {
    if (this.#isWorking) this.#afterwards.push(work);
    else work();
  }

  #continue(): void {
    if (this.#isScheduled || this.#isPaused || this.#isOver || this.#free.length === 0) return;
    if (this.#isHeld && this.#next === null) return;
    this.#isScheduled = true;
    this.later(() => {
      this.#isWorking = !this.#isPaused;
      then(this.#isPaused ? undefined : this.#work(), () => this.#endTurn());
    });
  }

  #endTurn(): void {
    this.#isScheduled = this.#isWorking = false;
    for (const work of this.#afterwards.splice(0)) work();
    this.#continue();
  }

  #work(): void | Promise<void> {
    if (this.#isPrepared) return this.#goOn();
    this.#prepare();
  }

  #prepare(): void {
    const { value, done } = this.#preparing.next();
    this.#isPrepared = done === true;
    if (!done) this.post({ kind: "preparing", share: value });
  }

  /** A slice of the next layout's preparation, if there is one, and an iteration of the current one. */
  #goOn(): void | Promise<void> {
    const next = this.#next;
    if (next !== null && !next.isPrepared) next.isPrepared = next.preparing.next().done === true;
    if (this.#isHeld && next?.isPrepared) this.#takeOver(next.layout);
    if (this.#isHeld) return;
    return then(this.#step(), () => {
      if (this.#isHeld && !next?.isPrepared) this.post({ kind: "held", iteration: this.#iteration });
    });
  }

  #takeOver(next: Layout): void {
    next.continueFrom?.(this.#layout.positions(), this.#iteration);
    this.#layout.dispose();
    [this.#layout, this.#next, this.#holdAt] = [next, null, null];
    this.post({ kind: "refined" });
  }

  #step(): void | Promise<void> {
    return then(this.#layout.step(), ({ iteration, isOver }) => {
      [this.#iteration, this.#isOver] = [iteration, isOver];
      const isDue = isOver || iteration % DIVERGENCE_EVERY === 0;
      return then(isDue ? this.#layout.klDivergence() : null, (klDivergence) => this.#report(klDivergence));
    });
  }

  #report(klDivergence: number | null): void {
    const [iteration, isOver] = [this.#iteration, this.#isOver];
    const positions = this.#free.pop()!;
    positions.set(this.#layout.positions());
    const perSecond = this.#speed.count(performance.now());
    const hasSettled = klDivergence !== null && this.#layout.settling?.add(iteration, klDivergence) === true;
    if (hasSettled) this.#rest();
    const frame = { iteration, positions, perSecond, klDivergence, isOver, hasSettled };
    this.post({ kind: "frame", frame }, [positions.buffer]);
  }
}

/** Uses a value now, or once it is there. */
function then<T, U>(value: T | Promise<T>, use: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}
