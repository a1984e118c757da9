/**
 * Runs t-SNE and UMAP: fetches the neighbor graph, runs the layout in its worker, puts its frames into the state.
 *
 * t-SNE of many points begins with the first neighbors that the server finds: the early exaggeration runs with these, and
 * the rest with all. Its KL divergence ends as low as that of a layout that has waited for all (docs/benchmarks.md).
 */

import type { Client } from "../../api/client";
import { fetchKernel } from "../../api/kernels";
import { isLayoutMethod, LAYOUT_NAMES, type LayoutMethod } from "../../data/coordinates";
import { formatCount } from "../../data/format";
import { copyGraph, type NeighborGraph } from "../../data/graph";
import { isOver, type LayoutStatus } from "../../data/layout_status";
import type { Failure } from "../../data/task";
import { pointCount, spaceOf } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import { TaskError } from "../../work/task_error";
import type { Tasks } from "../../work/tasks";
import { type LayoutFrame, Layouts } from "../../worker/layouts";
import { FrameThrottle } from "./frames";
import { PastRuns } from "./past_runs";
import { fetchGraph } from "./requests";
import { describeFirst, describeGraph, describeOnlyFirst, initialStatus, makeTask, neighborsWanted } from "./settings";
import { SETTLED } from "./words";

const AWAY = "Paused: the tab was hidden for three minutes.";
const ENDED_AWAY = "Ended: the tab was hidden for an hour, and its memory is free again. The picture stays.";
/** Time between that pause and the end. */
const END_AFTER_MS = 57 * 60_000;

/** The fields in which the user names the data. */
const CHOICE = ["run", "embedding", "step"] as const;
/** Parameters that a running t-SNE applies at once. */
const AT_ONCE = ["learningRate", "exaggeration", "supervision"] as const;

/** One start of a layout, with the state at that time. */
interface Run {
  readonly method: LayoutMethod;
  readonly startState: Readonly<State>;
  /** Settles once it has been given a graph to start with; null: there is none yet. */
  begun: Promise<void> | null;
  /** The graph of its first neighbors, if it has begun with that; the worker has the arrays. */
  first: NeighborGraph | null;
  /** Settles with its first frame, or its end before that. */
  started: Promise<void>;
}

export class LayoutController {
  readonly #layouts: Layouts;
  readonly #frames: FrameThrottle;
  readonly #past: PastRuns;
  /** The current run; results of any other are dropped. */
  #run: Run | null = null;
  #endTimer: ReturnType<typeof setTimeout> | undefined;
  /** The state at the last start. */
  #startState: Readonly<State> | null = null;
  /** The part of the status that the whole graph determines, until the layout goes on with it. */
  #wholeGraph: Partial<LayoutStatus> = {};
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
        onHeld: (iteration) => this.#change({ isHeld: true, iteration }),
        onRefined: () => this.#change({ isHeld: false, awaited: null, ...this.#wholeGraph }),
        onFrame: (frame) => this.#receive(frame),
        onRested: (klDivergence) => klDivergence !== null && this.#change({ klDivergence }),
        onDied: (failure) => this.#die(failure),
      },
      fetchKernel,
    );
    this.#frames = new FrameThrottle(store, coordinates, (positions) => this.#layouts.releaseBuffer(positions));
    this.#past = new PastRuns(store, coordinates, () => this.#endRunning());
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.#leaveData(state);
      else if (changed.has("subset") && state.layout !== null) this.stop(); // The layout is of other points.
      if (AT_ONCE.some((name) => changed.has(name))) this.#setRates(state);
    });
    for (const name of ["graph", "layout"] as const) tasks.handle(name, { retry: () => this.run() });
    presence.watch((isAway) => this.#followPresence(isAway));
  }

  /** Starts anew with the current parameters. */
  async run(): Promise<void> {
    const { method, shown } = this.store.state;
    if (!isLayoutMethod(method) || shown === null) return;
    this.#past.begin(method);
    this.clear();
    const run: Run = { method, startState: this.store.state, begun: null, first: null, started: Promise.resolve() };
    this.#run = run;
    this.#startState = run.startState;
    this.store.set({ lastLayout: method });
    this.#wholeGraph = {};
    this.#layouts.makeReady(method);
    const whole = await this.#findGraph(run);
    if (run === this.#run) await (whole === undefined ? this.#settleForFirst(run) : this.#goOnWith(run, whole));
    await run.started;
    // Canceled, or failed before there was anything to show.
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
    this.#change(this.#frames.numbers);
    this.#end();
    if (this.#isBefore()) this.store.set({ layout: null });
    else this.#change({ phase: "ended", pausedBecause: null });
  }

  /** Nobody looks: it pauses, so that it can go on, and later gives its memory back. */
  #followPresence(isAway: boolean): void {
    clearTimeout(this.#endTimer);
    if (!isAway) return;
    this.#pause(AWAY);
    this.#endTimer = setTimeout(() => this.#endAway(), END_AFTER_MS);
  }

  #endAway(): void {
    if (this.store.state.layout?.phase !== "paused") return;
    this.stop();
    this.#change({ pausedBecause: ENDED_AWAY });
  }

  #endRunning(): void {
    const phase = this.store.state.layout?.phase;
    if (phase !== undefined && !isOver(phase)) this.stop();
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

  /** Ends the layout with its vectors; says, or goes on saying, that it has if newer ones replaced them unasked. */
  #leaveData(state: Readonly<State>): void {
    const { layout, shown, failures } = state;
    const isReplaced = shown !== null && CHOICE.every((name) => this.#startState?.[name] === state[name]);
    const failure = layout === null ? failures.graph : replaced(layout.of);
    this.clear();
    if (isReplaced && failure?.isStale) this.tasks.fail("graph", failure);
  }

  #end(): void {
    this.#run = null;
    this.#started = null;
    this.#layouts.stop();
    this.#frames.forget();
    this.tasks.cancel("graph");
    this.tasks.cancel("layout");
  }

  #setRates({ learningRate, exaggeration, supervision }: Readonly<State>): void {
    this.#layouts.setRates(learningRate === 0 ? null : learningRate, exaggeration, supervision);
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
    this.#change({ phase: "paused", pausedBecause: because, ...this.#frames.numbers });
  }

  #findGraph(run: Run): Promise<NeighborGraph | undefined> {
    return this.tasks.run("graph", "Looking for neighbors", async (signal) => {
      const k = neighborsWanted(run.method, run.startState, pointCount(run.startState));
      if (this.store.state.layout === null) this.store.set({ layout: initialStatus(run.method, run.startState, k) });
      return this.#fetchGraph(run, k, signal);
    });
  }

  /** Starts with the first neighbors, which may have come with all others, or goes on with all. */
  async #goOnWith(run: Run, whole: NeighborGraph): Promise<void> {
    if (run.begun === null && whole.first !== null) this.#beginWithFirst(run, copyGraph(whole.first));
    if (run.begun === null) return this.#begin(run, whole, false);
    await run.begun;
    if (run === this.#run) this.#refine(run, whole);
  }

  /** The other neighbors cannot be had: it goes on without, if it has begun. */
  async #settleForFirst(run: Run): Promise<void> {
    if (run.begun === null) return;
    await run.begun;
    if (run !== this.#run || run.first === null) return;
    this.#layouts.settleForFirst();
    this.#change(describeOnlyFirst(run.method, this.#stateFor(run), run.first));
  }

  #beginWithFirst(run: Run, first: NeighborGraph): void {
    if (run !== this.#run || run.method !== "tsne" || run.begun !== null) return;
    run.first = first;
    run.begun = this.#begin(run, first, true);
  }

  /** Starts once PCA's coordinates are there. */
  async #begin(run: Run, graph: NeighborGraph, isFirst: boolean): Promise<void> {
    await this.#waitForProjection();
    if (run === this.#run) run.started = this.#start(run, graph, isFirst);
  }

  /** Lets a layout that runs with its first neighbors go on with all of them. */
  #refine(run: Run, whole: NeighborGraph): void {
    const state = this.#stateFor(run);
    this.#wholeGraph = describeGraph(run.method, state, whole);
    this.#layouts.refine(makeTask(run.method, state, whole));
  }

  /** The state at the start, but for fields that apply while it runs, and those that arrived after the start. */
  #stateFor({ method, startState }: Run): Readonly<State> {
    const { projection, metadata, learningRate, exaggeration } = this.store.state;
    const { supervision } = method === "tsne" ? this.store.state : startState;
    return { ...startState, projection, metadata, learningRate, exaggeration, supervision };
  }

  async #fetchGraph(run: Run, k: number, signal: AbortSignal): Promise<NeighborGraph> {
    const { startState } = run;
    const watch = followJobs("graph", this.tasks, this.presence);
    const graph = await fetchGraph(
      this.client,
      startState.shown!,
      { k, metric: startState.metric },
      spaceOf(startState),
      watch,
      signal,
      (first) => this.#beginWithFirst(run, first),
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

  /** `isFirst`: the graph has only the first neighbors. */
  async #start(run: Run, graph: NeighborGraph, isFirst: boolean): Promise<void> {
    const { method, startState } = run;
    const state = this.#stateFor(run);
    const { dimensions, subset, shown } = startState;
    await this.tasks.run("layout", `Preparing ${LAYOUT_NAMES[method]}`, (signal) => {
      const describe = isFirst ? describeFirst : describeGraph;
      this.#change({ phase: "preparing", ...describe(method, state, graph) });
      this.#frames.start({ method, dimensions, graph, subset, rows: shown!.step.shape[0] });
      signal.addEventListener("abort", () => this.#layouts.stop());
      return new Promise((resolve, reject) => {
        this.#started = { resolve, reject };
        signal.addEventListener("abort", () => reject(signal.reason));
        this.#layouts.start(makeTask(method, state, graph, isFirst));
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
    else if (frame.hasSettled) this.#pause(SETTLED);
    else if (this.presence.isAway) this.#pause(AWAY);
  }

  #die({ message, fix }: { message: string; fix: string }): void {
    this.#frames.flush();
    this.#change({ phase: "died", pausedBecause: null, ...this.#frames.numbers });
    this.#frames.forget();
    if (this.#started !== null) this.#started.reject(new TaskError(message, fix));
    else this.tasks.fail("layout", { message, fix });
    this.#started = null;
  }

  #change(patch: Partial<LayoutStatus>): void {
    const { layout } = this.store.state;
    if (layout !== null) this.store.set({ layout: { ...layout, ...patch } });
  }
}

function replaced(method: LayoutMethod): Failure {
  const message = `${LAYOUT_NAMES[method]} has ended: its vectors have been replaced by newer ones.`;
  return { message, fix: "Run it again.", isStale: true };
}
