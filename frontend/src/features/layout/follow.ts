/** Runs t-SNE and UMAP: fetches the neighbor graph, runs the layout in its worker, puts its frames into the state. */

import type { Client } from "../../api/client";
import { fetchKernel } from "../../api/kernels";
import { isLayoutMethod, LAYOUT_NAMES, type LayoutMethod } from "../../data/coordinates";
import { formatCount } from "../../data/format";
import type { NeighborGraph } from "../../data/graph";
import type { LayoutStatus } from "../../data/layout_status";
import { spaceOf } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import { TaskError } from "../../work/task_error";
import type { Tasks } from "../../work/tasks";
import { type LayoutFrame, Layouts } from "../../worker/layouts";
import { FrameThrottle } from "./frames";
import { describeGraph, initialStatus, makeTask, neighborsWanted } from "./settings";
import { SETTLED } from "./words";

const AWAY = "Paused: the tab was hidden for three minutes.";

/** One start of a layout, with the state at that time. */
interface Run {
  readonly method: LayoutMethod;
  readonly startState: Readonly<State>;
}

export class LayoutController {
  readonly #layouts: Layouts;
  readonly #frames: FrameThrottle;
  /** The current run; results of any other are dropped. */
  #run: Run | null = null;
  /** Settles the task «layout»: with the first frame, or with an error before it. */
  #started: { resolve(isStarted: true): void; reject(error: Error): void } | null = null;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly presence: Presence,
    coordinates: MethodCoordinates,
  ) {
    this.#layouts = new Layouts(
      {
        onPreparing: (share) => this.tasks.progress("layout", { share, secondsLeft: null }),
        onFrame: (frame) => this.#receive(frame),
        onRested: (klDivergence) => klDivergence !== null && this.#change({ klDivergence }),
        onDied: (failure) => this.#die(failure),
      },
      fetchKernel,
    );
    this.#frames = new FrameThrottle(store, coordinates, (positions) => this.#layouts.releaseBuffer(positions));
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.clear();
      else if (changed.has("subset") && state.layout !== null) this.stop(); // The layout is of other points.
      if (changed.has("learningRate") || changed.has("exaggeration")) this.#setRates(state);
    });
    for (const name of ["graph", "layout"] as const) tasks.handle(name, { retry: () => this.run() });
    presence.watch((isAway) => isAway && this.#pause(AWAY));
  }

  /** Starts anew with the current parameters. */
  async run(): Promise<void> {
    const { method, shown } = this.store.state;
    if (!isLayoutMethod(method) || shown === null) return;
    this.clear();
    const run: Run = { method, startState: this.store.state };
    this.#run = run;
    this.#layouts.makeReady(method);
    const graph = await this.tasks.run("graph", "Looking for neighbors", (signal) => this.#fetchGraph(run, signal));
    if (graph !== undefined && run === this.#run) await this.#waitForProjection();
    if (graph !== undefined && run === this.#run) await this.#start(run, graph);
    // Cancelled, or failed before there was anything to show.
    if (run === this.#run && this.#isBefore()) this.store.set({ layout: null });
  }

  pause(): void {
    this.#pause(null);
  }

  resume(): void {
    if (this.store.state.layout?.phase !== "paused") return;
    this.#change({ phase: "running", pausedBecause: null });
    this.#layouts.resume();
  }

  /** Resumes a paused layout: otherwise perturbing would have no visible effect. */
  perturb(): void {
    this.#layouts.perturb();
    this.resume();
  }

  /** Ends it; its picture stays. */
  stop(): void {
    this.#frames.flush();
    this.#end();
    if (this.#isBefore()) this.store.set({ layout: null });
    else this.#change({ phase: "ended", pausedBecause: null });
  }

  /** Run, pause or resume, depending on the current phase. */
  toggle(): void {
    const { layout, method } = this.store.state;
    const phase = layout?.of === method ? layout.phase : null;
    if (phase === "running") this.pause();
    else if (phase === "paused") this.resume();
    else if (!this.#isBefore()) this.run();
  }

  /** Discards it, except for its last coordinates if they are cached. */
  clear(): void {
    this.#end();
    this.tasks.forgive("graph", "layout");
    this.store.set({ layout: null });
  }

  #end(): void {
    this.#run = null;
    this.#started = null;
    this.#layouts.stop();
    this.#frames.forget();
    this.tasks.cancel("graph");
    this.tasks.cancel("layout");
  }

  /** The two parameters that a running t-SNE applies at once. */
  #setRates({ learningRate, exaggeration }: Readonly<State>): void {
    this.#layouts.setRates(learningRate === 0 ? null : learningRate, exaggeration);
  }

  /** Whether there is nothing of it to show yet. */
  #isBefore(): boolean {
    const phase = this.store.state.layout?.phase;
    return phase === "graph" || phase === "preparing";
  }

  #pause(because: string | null): void {
    if (this.store.state.layout?.phase !== "running") return;
    this.#layouts.pause();
    this.#frames.flush();
    this.#change({ phase: "paused", pausedBecause: because });
  }

  async #fetchGraph({ method, startState }: Run, signal: AbortSignal): Promise<NeighborGraph> {
    const rows = startState.subset?.rows.length ?? startState.shown!.step.shape[0];
    const k = neighborsWanted(method, startState, rows);
    this.store.set({ layout: initialStatus(method, startState, k) });
    const watch = followJobs("graph", this.tasks, this.presence);
    const graph = await this.client.fetchGraph(
      startState.shown!,
      { k, metric: startState.metric },
      spaceOf(startState),
      watch,
      signal,
    );
    if (graph.linkedRows >= 2) return graph;
    throw new TaskError(
      `Of ${formatCount(graph.rows)} points ${graph.linkedRows === 0 ? "none" : "one"} has neighbors: the others hold NaN, or are all zero, which under cosine has no direction.`,
      "Choose another metric or another embedding.",
    );
  }

  /** A layout starts from PCA's coordinates: waits for them if they are being loaded. */
  #waitForProjection(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.store.state.tasks.projection !== undefined) return;
        end();
        resolve();
      };
      const end = this.store.subscribe(check);
      check();
    });
  }

  async #start({ method, startState }: Run, graph: NeighborGraph): Promise<void> {
    // Fields that apply while it runs, and those that arrived after the start.
    const { projection, metadata, learningRate, exaggeration } = this.store.state;
    const state = { ...startState, projection, metadata, learningRate, exaggeration };
    const { dimensions, subset, shown } = startState;
    await this.tasks.run("layout", `Preparing ${LAYOUT_NAMES[method]}`, (signal) => {
      this.#change({ phase: "preparing", ...describeGraph(method, startState, graph) });
      this.#frames.start({ method, dimensions, graph, subset, rows: shown!.step.shape[0] });
      signal.addEventListener("abort", () => this.#layouts.stop());
      return new Promise((resolve, reject) => {
        this.#started = { resolve, reject };
        signal.addEventListener("abort", () => reject(signal.reason));
        this.#layouts.start(makeTask(method, state, graph));
      });
    });
  }

  #receive(frame: LayoutFrame): void {
    this.#frames.push(frame);
    if (this.#started !== null) {
      this.#frames.flush();
      this.#started.resolve(true);
      this.#started = null;
    }
    if (frame.isOver)
      this.#layouts.stop(); // Frees its memory.
    else if (frame.hasSettled) this.#settle(frame);
    else if (this.presence.isAway) this.#pause(AWAY);
  }

  #settle({ iteration, klDivergence }: LayoutFrame): void {
    this.#pause(SETTLED);
    this.#change({ iteration, klDivergence });
  }

  #die({ message, fix }: { message: string; fix: string }): void {
    this.#frames.flush();
    this.#frames.forget();
    this.#change({ phase: "died", pausedBecause: null });
    if (this.#started !== null) this.#started.reject(new TaskError(message, fix));
    else this.tasks.fail("layout", { message, fix });
    this.#started = null;
  }

  #change(patch: Partial<LayoutStatus>): void {
    const { layout } = this.store.state;
    if (layout !== null) this.store.set({ layout: { ...layout, ...patch } });
  }
}
