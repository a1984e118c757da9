/** Layouts of 1,797 digits in a real worker, with the real kernels. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { fetchKernel, hasSimd } from "../../../src/api/kernels";
import { createTsne } from "../../../src/engine/tsne";
import { type LayoutFrame, Layouts, type LayoutTask } from "../../../src/worker/layouts";
import { digitGraph } from "../digits";

const METHODS = ["tsne", "umap"] as const;
type Method = (typeof METHODS)[number];
type DigitGraph = Awaited<ReturnType<typeof digitGraph>>;

let graph: DigitGraph;
let layouts: Layouts;
let numbers: number[];
let last: LayoutFrame | null;
let rested: (number | null)[];
let shares: number[];
let holds: ("held" | "refined")[];
let deaths: { message: string; fix: string }[];
let died: () => void;
/** Called with each frame before it is given back. */
let onFrame: (frame: LayoutFrame) => void;

beforeAll(async () => {
  graph = await digitGraph(30);
});
beforeEach(() => {
  [numbers, rested, shares, holds, deaths, last] = [[], [], [], [], [], null];
  onFrame = () => {};
  died = () => {};
  layouts = makeLayouts();
});
afterEach(() => layouts.stop());

const NOTHING = { onPreparing() {}, onFrame() {}, onRested() {}, onHeld() {}, onRefined() {}, onDied() {} };

function makeLayouts(kind?: "simd" | "scalar"): Layouts {
  const events = {
    onPreparing: (share: number) => void shares.push(share),
    onFrame: (frame: LayoutFrame) => {
      numbers.push(frame.iteration);
      onFrame(frame);
      if (last !== null) layouts.releaseBuffer(last.positions);
      last = frame;
    },
    onRested: (klDivergence: number | null) => void rested.push(klDivergence),
    onHeld: () => void holds.push("held"),
    onRefined: () => void holds.push("refined"),
    onDied: (failure: { message: string; fix: string }) => {
      deaths.push(failure);
      died();
    },
  };
  return new Layouts(events, (method) => fetchKernel(method, kind));
}

/** Copies: a layout takes its graph over. */
function taskOf(method: Method, patch: object = {}, of: DigitGraph = graph): LayoutTask {
  const own = { ...of, neighbors: of.neighbors.slice(), distances: of.distances.slice() };
  const options = { dimensions: 2 as const, seed: 7, initial: null, labels: null };
  const tsne = { perplexity: 10, learningRate: null, exaggeration: 12, exaggerationIterations: 250, supervision: 0.5 };
  const umap = { minDist: 0.1, spread: 1, epochs: 60, supervision: 0.5 };
  return method === "tsne"
    ? { method, graph: own, options: { ...options, ...tsne, ...patch } }
    : { method, graph: own, options: { ...options, ...umap, ...patch } };
}

const until = (isSo: (frame: LayoutFrame) => boolean) =>
  new Promise<LayoutFrame>((resolve, reject) => {
    onFrame = (frame) => isSo(frame) && resolve(frame);
    died = () => reject(new Error(deaths.at(-1)!.message));
  });
const nextFrame = () => new Promise(requestAnimationFrame);

/** The positions at an iteration, from a fresh start. */
async function positionsAt(iteration: number, task: LayoutTask): Promise<Float32Array> {
  layouts.start(task);
  return (await until((frame) => frame.iteration === iteration)).positions.slice();
}

it("a worker made ready ahead runs the next layout, and another one the layout after that", async () => {
  layouts.makeReady("umap");
  for (const method of METHODS) {
    layouts.start(taskOf(method));
    expect((await until((frame) => frame.iteration === 3)).iteration).toBe(3);
  }
});

it("this browser has SIMD", () => expect(hasSimd()).toBe(true));

describe.each(METHODS)("%s", (method) => {
  it("reports every iteration, numbered without a gap, with finite places that move", async () => {
    const task = taskOf(method);
    layouts.start(task);
    const first = (await until((frame) => frame.iteration === 1)).positions.slice();
    expect(task.graph.neighbors.length, "the graph was handed over").toBe(0);
    const frame = await until((frame) => frame.iteration === 50);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.every((share, index) => share <= 1 && share >= (shares[index - 1] ?? 0))).toBe(true);
    expect(frame.positions).toHaveLength(2 * 1797);
    expect(frame.positions.every(Number.isFinite)).toBe(true);
    const moved = Array.from({ length: 1797 }, (_, row) => frame.positions[row] !== first[row]);
    expect(moved.every(Boolean), "every row has moved").toBe(true);
    expect(frame.perSecond).toBeGreaterThan(0);
    expect(deaths).toEqual([]);
  });

  it("says nothing while it is paused, and then goes on where it was", async () => {
    layouts.start(taskOf(method));
    await until((frame) => frame.iteration === 10);
    layouts.pause();
    const at = numbers.at(-1)!;
    // The worker's last words: its frames that were on their way have come before them.
    await expect.poll(() => rested).toHaveLength(1);
    expect(numbers.at(-1)).toBe(at);
    expect(rested[0]! > 0).toBe(method === "tsne");
    layouts.resume();
    await until((frame) => frame.iteration === at + 20);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("gives the same picture for the same seed, and another for another", async () => {
    const first = await positionsAt(30, taskOf(method));
    expect(await positionsAt(30, taskOf(method))).toEqual(first);
    expect(await positionsAt(30, taskOf(method, { seed: 8 }))).not.toEqual(first);
  });

  it("waits for a page that takes no frames", async () => {
    const frames: LayoutFrame[] = [];
    let rests = 0;
    layouts = new Layouts(
      { ...NOTHING, onFrame: (frame) => void frames.push(frame), onRested: () => void rests++ },
      fetchKernel,
    );
    layouts.start(taskOf(method));
    await expect.poll(() => frames.length).toBe(4);
    // Each frame given back lets one more come, and only one.
    for (let given = 0; given < 20; given++) {
      layouts.releaseBuffer(frames[given]!.positions);
      await expect.poll(() => frames.length, { interval: 5 }).toBe(given + 5);
    }
    layouts.pause();
    await expect.poll(() => rests).toBe(1);
    layouts.resume(); // It reports what came after the pause at once.
    expect(frames).toHaveLength(24);
  });

  it("that cannot be dies with words, and another starts", async () => {
    layouts.start(taskOf(method, { seed: Number.NaN }));
    await expect(until(() => false)).rejects.toThrow("seed");
    expect(deaths[0]!.fix).not.toBe("");
    layouts.start(taskOf(method));
    expect((await until((frame) => frame.iteration === 5)).iteration).toBe(5);
  });
});

it("t-SNE measures its KL divergence every 25 iterations, and it falls", async () => {
  const measured: [number, number][] = [];
  layouts.start(taskOf("tsne", { exaggeration: 1 }));
  await until((frame) => {
    if (frame.klDivergence !== null) measured.push([frame.iteration, frame.klDivergence]);
    return frame.iteration === 100;
  });
  expect(measured.map(([iteration]) => iteration)).toEqual([25, 50, 75, 100]);
  expect(measured.at(-1)![1]).toBeLessThan(measured[0]![1]);
});

it("UMAP ends by itself", async () => {
  layouts.start(taskOf("umap"));
  const frame = await until((frame) => frame.isOver);
  expect(frame.iteration).toBe(60);
  expect(numbers).toHaveLength(60);
});

it("points shaken while it runs are elsewhere than they would be", async () => {
  const plain = await positionsAt(60, taskOf("tsne"));
  layouts.start(taskOf("tsne"));
  await until((frame) => frame.iteration === 20);
  layouts.perturb();
  const perturbed = (await until((frame) => frame.iteration === 60)).positions;
  expect(perturbed).not.toEqual(plain);
  expect(perturbed.every(Number.isFinite)).toBe(true);
});

it.each([
  ["exaggeration", 1, 0.5],
  ["supervision", 12, 1],
])("t-SNE applies another %s while it runs", async (_name, exaggeration, supervision) => {
  const labels = Int32Array.from({ length: graph.rows }, (_, row) => row % 3);
  const plain = await positionsAt(40, taskOf("tsne", { labels }));
  layouts.start(taskOf("tsne", { labels }));
  await until((frame) => frame.iteration === 10);
  layouts.setRates(null, exaggeration, supervision);
  const positions = (await until((frame) => frame.iteration === 40)).positions;
  expect(positions).not.toEqual(plain);
  expect(positions.every(Number.isFinite)).toBe(true);
});

it.each(METHODS)("%s runs without SIMD too", async (method) => {
  layouts = makeLayouts("scalar");
  const frame = await positionsAt(20, taskOf(method));
  expect(frame.every(Number.isFinite)).toBe(true);
});

it("the page keeps drawing while few points iterate fast", async () => {
  layouts.start(taskOf("tsne", { perplexity: 5 }, await digitGraph(15, 100)));
  await until((frame) => frame.iteration === 1);
  const before = numbers.at(-1)!;
  const frames = 30;
  // A page that only took messages would never draw these.
  for (let drawn = 0; drawn < frames; drawn++) await nextFrame();
  expect(numbers.at(-1)! - before, "the layout does not wait for the page's frames").toBeGreaterThan(frames);
});

it("starts with the first neighbors, waits for all of them, and goes on with these without a gap", async () => {
  layouts.start({ ...(taskOf("tsne", { perplexity: 2 }) as LayoutTask & { method: "tsne" }), holdAt: 20 });
  await expect.poll(() => holds).toEqual(["held"]);
  expect(last!.iteration).toBe(20);
  layouts.pause(); // A pause of a held layout, and its end, change nothing.
  layouts.resume();
  layouts.refine(taskOf("tsne"));
  await until((frame) => frame.iteration === 30);
  expect(holds).toEqual(["held", "refined"]);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => at + 1));
});

/** Each point's neighbors are those beside it on a ring. */
function ringOf(rows: number, k: number): DigitGraph {
  const neighbors = Int32Array.from({ length: rows * k }, (_, at) => {
    const step = ((at % k) >> 1) + 1;
    return (Math.floor(at / k) + (at % 2 === 0 ? step : rows - step)) % rows;
  });
  const distances = Float32Array.from({ length: rows * k }, (_, at) => ((at % k) >> 1) + 1);
  return { ...graph, rows, k, neighbors, distances };
}

it("many points are laid out by two threads, and end where one would have put them", async () => {
  const ring = ringOf(20_000, 10);
  const patch = { perplexity: 3, supervision: 0 };
  const frame = await positionsAt(40, taskOf("tsne", patch, ring));
  const { options } = taskOf("tsne", patch, ring) as LayoutTask & { method: "tsne" };
  const alone = createTsne(await fetchKernel("tsne"), ring, options);
  for (const _share of alone.prepare());
  for (let i = 0; i < 40; i++) alone.step();
  expect(frame).toEqual(alone.positions());
});

it("goes on with the first neighbors where the others cannot be had", async () => {
  layouts.start({ ...(taskOf("tsne") as LayoutTask & { method: "tsne" }), holdAt: 5 });
  await expect.poll(() => holds).toEqual(["held"]);
  layouts.settleForFirst();
  await until((frame) => frame.iteration === 12);
  expect(holds).toEqual(["held"]);
});

it.each(METHODS)("where WebAssembly has no SIMD, %s takes the scalar kernel", async (method) => {
  const [simd, scalar] = await Promise.all([fetchKernel(method), fetchKernel(method, "scalar")]);
  vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(hasSimd()).toBe(false);
  expect(simd).not.toBe(scalar);
  expect(await fetchKernel(method)).toBe(scalar);
});

it("a kernel that does not arrive is reported, and can be asked for again", async () => {
  let isReachable = false;
  layouts = new Layouts(
    { ...NOTHING, onFrame: (frame) => onFrame(frame), onDied: (failure) => void deaths.push(failure) },
    async (method) => (isReachable ? fetchKernel(method) : Promise.reject(new Error("TensorBoard does not answer"))),
  );
  layouts.start(taskOf("umap"));
  await expect.poll(() => deaths[0]?.message).toBe("The layout cannot start: TensorBoard does not answer.");
  isReachable = true;
  layouts.start(taskOf("umap"));
  expect((await until((frame) => frame.iteration === 1)).iteration).toBe(1);
});

it("a worker that the browser ended is missed, and another starts", async () => {
  const ended: Worker[] = [];
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      ended.push(this);
    }
  };
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    layouts = makeLayouts();
    layouts.start(taskOf("tsne"));
    await until((frame) => frame.iteration === 5);
    Original.prototype.terminate.call(ended[0]); // As for want of memory: nothing notifies the page.
    vi.advanceTimersByTime(60_000);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(deaths[0]?.message).toContain("has not answered for 60 s");
    layouts.start(taskOf("tsne"));
    expect((await until((frame) => frame.iteration === 5)).iteration).toBe(5);
  } finally {
    vi.useRealTimers();
    globalThis.Worker = Original;
  }
});
