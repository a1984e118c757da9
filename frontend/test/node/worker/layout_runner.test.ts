/** The runner of one layout, without its worker: what it says, and when it has nothing more to do. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Layout, Step } from "../../../src/engine/layout";
import { Settling } from "../../../src/engine/settling";
import type { FromWorker } from "../../../src/worker/layout_messages";
import { BUFFERS, LayoutRunner } from "../../../src/worker/layout_runner";

const LAST = 10;
let said: FromWorker[];
/** Work that the runner has put off. */
let waiting: (() => void)[];
let runner: LayoutRunner;

beforeEach(() => {
  [said, waiting] = [[], []];
  runner = new LayoutRunner(
    makeLayout(),
    (one) => void said.push(one),
    (work) => void waiting.push(work),
  );
});

function makeLayout(more: Partial<Layout> = {}): Layout {
  let iteration = 0;
  return {
    ...more,
    ...{ count: 2, dimensions: 2, perturb() {}, dispose() {}, klDivergence: () => 1 / (1 + iteration) },
    *prepare() {
      yield 0.5;
    },
    step: () => ({ iteration: ++iteration, isOver: iteration === LAST }),
    positions: () => new Float32Array(4).fill(iteration),
  };
}

/** Does what waits, up to so many slices; returns how many there were. */
function work(max = 100): number {
  let slices = 0;
  for (; slices < max && waiting.length > 0; slices++) waiting.shift()!();
  return slices;
}
const frames = () => said.flatMap((one) => (one.kind === "frame" ? [one.frame] : []));
const release = (index: number) => runner.releaseBuffer(frames()[index]!.positions);

it("prepares in slices, then gives as many frames as it has buffers, and no more", () => {
  work();
  expect(said.map((one) => one.kind)).toEqual(["preparing", ...Array.from({ length: BUFFERS }, () => "frame")]);
  release(0);
  expect(work()).toBe(1);
  expect(frames()).toHaveLength(BUFFERS + 1);
});

it("does nothing while it is paused, and then goes on where it was", () => {
  work(4);
  runner.pause();
  const before = said.length;
  expect(said.at(-1)).toEqual({ kind: "rested", klDivergence: 1 / 3 });
  release(0);
  work();
  expect([said.length, waiting.length]).toEqual([before, 0]);
  runner.resume();
  work();
  expect(frames().map((frame) => frame.iteration)).toEqual([1, 2, 3, 4, 5]);
});

it("does nothing once the layout has ended by itself", () => {
  for (let given = 0; frames().at(-1)?.isOver !== true; given++) {
    work();
    release(given);
  }
  const before = said.length;
  for (let given = 0; given < LAST; given++) release(given);
  runner.pause();
  runner.resume();
  expect([work(), said.length, frames().length]).toEqual([0, before, LAST]);
});

it("rests when the KL divergence no longer falls, says so, and goes on when asked", () => {
  [said, waiting] = [[], []]; // Those of another layout.
  const settling = new Settling(0);
  const layout = { ...makeLayout({ settling }), klDivergence: () => 1, step: stepper() };
  runner = new LayoutRunner(
    layout,
    (one) => void said.push(one),
    (work) => void waiting.push(work),
  );
  for (let given = 0; frames().at(-1)?.hasSettled !== true; given++) {
    work();
    release(given);
  }
  const rested = frames().length;
  expect(frames().at(-1)).toMatchObject({ hasSettled: true, klDivergence: 1, isOver: false });
  expect(work()).toBe(0);
  runner.resume();
  work(1);
  expect(frames().at(-1)).toMatchObject({ iteration: rested + 1, hasSettled: false });
});

describe("with a part of its graph", () => {
  const HOLD_AT = 3;
  let continued: [Float32Array, number][];

  beforeEach(() => {
    [said, waiting, continued] = [[], [], []];
    const layout = { ...makeLayout(), step: stepper() };
    runner = new LayoutRunner(
      layout,
      (one) => void said.push(one),
      (work) => void waiting.push(work),
      HOLD_AT,
    );
  });

  function wholeLayout(): Layout {
    let iteration = 0;
    const continueFrom = (positions: Float32Array, from: number) => {
      continued.push([positions.slice(), from]);
      iteration = from;
    };
    return { ...makeLayout(), continueFrom, step: () => ({ iteration: ++iteration, isOver: false }) };
  }
  const kinds = () => said.map(({ kind }) => kind).filter((kind) => kind !== "frame" && kind !== "preparing");
  const iterations = () => frames().map((frame) => frame.iteration);

  it("waits, and does no work meanwhile", () => {
    work();
    expect([iterations(), kinds(), waiting.length]).toEqual([[1, 2, 3], ["held"], 0]);
    release(0);
    expect(work()).toBe(0);
  });

  it("goes on with the whole graph where it waits, without a gap", () => {
    work();
    runner.refine(wholeLayout());
    for (const index of [0, 1, 2]) release(index);
    work();
    expect(continued).toEqual([[new Float32Array(4).fill(0), HOLD_AT]]);
    expect([kinds(), iterations()]).toEqual([
      ["held", "refined"],
      [1, 2, 3, 4, 5, 6, 7],
    ]);
  });

  it("does not wait for a graph that is there in time, and does not take it before", () => {
    work(2);
    runner.refine(wholeLayout());
    work();
    release(0);
    work();
    expect([kinds(), continued[0]![1]]).toEqual([["refined"], HOLD_AT]);
  });

  it("goes on with what it has if there will be no other", () => {
    work();
    runner.settleForFirst();
    release(0);
    work();
    expect([kinds(), iterations().slice(0, 5)]).toEqual([["held"], [1, 2, 3, 4, 5]]);
  });
});

function stepper() {
  let iteration = 0;
  return () => ({ iteration: ++iteration, isOver: false });
}

describe("with another thread", () => {
  let perturbed: number;
  /** Ends the iteration under way. */
  let answer: () => void;

  beforeEach(() => {
    [said, waiting, perturbed] = [[], [], 0];
    let iteration = 0;
    const together: Partial<Layout> = {
      step: () =>
        new Promise<Step>((resolve) => {
          answer = () => resolve({ iteration: ++iteration, isOver: false });
        }),
      klDivergence: async () => 1 / (1 + iteration),
      positions: () => new Float32Array(4).fill(iteration),
      perturb: () => void perturbed++,
    };
    runner = new LayoutRunner(
      { ...makeLayout(), ...together },
      (one) => void said.push(one),
      (work) => void waiting.push(work),
    );
    work(3);
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it("has one iteration under way, whatever arrives meanwhile", async () => {
    expect([frames().length, waiting.length]).toEqual([0, 0]);
    runner.resume();
    runner.setRates(null, 4, 0);
    expect(waiting.length).toBe(0);
    answer();
    await settle();
    expect([frames().map((frame) => frame.iteration), waiting.length]).toEqual([[1], 1]);
    work();
    expect(waiting.length).toBe(0);
    answer();
    await settle();
    expect(frames().map((frame) => frame.iteration)).toEqual([1, 2]);
  });

  it("is perturbed, and paused, after the iteration under way", async () => {
    runner.perturb();
    runner.pause();
    expect([perturbed, said.at(-1)!.kind]).toEqual([0, "preparing"]);
    answer();
    await settle();
    expect([perturbed, frames().length]).toEqual([1, 1]);
    expect(said.at(-1)).toEqual({ kind: "rested", klDivergence: 0.5 });
    expect(waiting.length).toBe(0);
    runner.resume();
    expect(waiting.length).toBe(1);
  });

  it("resumed before its iteration is over, it has not rested", async () => {
    runner.pause();
    runner.resume();
    answer();
    await settle();
    expect([said.at(-1)!.kind, waiting.length]).toEqual(["frame", 1]);
  });

  it("waits for its graph after the iteration at which it is to", async () => {
    runner = new LayoutRunner(
      { ...makeLayout(), step: async () => ({ iteration: 5, isOver: false }) },
      (one) => void said.push(one),
      (work) => void waiting.push(work),
      5,
    );
    work(3);
    await settle();
    expect(said.at(-1)).toEqual({ kind: "held", iteration: 5 });
    expect(waiting.length).toBe(0);
  });
});
