/** How much a frame draws, counted in points: how long that takes is a matter for the benchmarks. */
import { expect, it } from "vitest";
import type { Renderer, View } from "../../../src/gl/scene";
import { type Change, Painter } from "../../../src/view/painter";

const COUNT = 1_000_000;
const CHUNKS = 1000;
const VIEW = {} as View;
/** As the head of painter.ts has them: a frame's budget in ms, and points a ms. */
const [MOVING_MS, RESTING_MS, INITIAL_POINTS_PER_MS, MIN_POINTS_PER_MS] = [22, 45, 2_500, 1_000];

function paint(passes: number[] = [0], count = COUNT) {
  let [points, submits] = [0, 0];
  const renderer: Partial<Renderer> = {
    chunks: CHUNKS,
    begin() {},
    draw: (_pass, from, to) => {
      points += ((to - from) * count) / CHUNKS;
    },
    reveal() {},
    submit: () => submits++,
  };
  const painter = new Painter(renderer as Renderer);
  painter.setWork(count, passes);
  let now = 0;
  /** Points that this frame draws, `ms` after the one before. */
  const frame = (ms: number, change: Change, resting = false, isAwaited = false): number => {
    points = 0;
    now += ms;
    painter.paint(now, change, resting, VIEW, isAwaited);
    return points;
  };
  return { painter, frame, submits: () => submits };
}

it("a frame that moves draws no more than it may cost, whatever the number of points", () => {
  expect(paint().frame(16, "view")).toBe(MOVING_MS * INITIAL_POINTS_PER_MS);
  expect(paint([0, 2]).frame(16, "view")).toBeLessThanOrEqual(MOVING_MS * INITIAL_POINTS_PER_MS);
});

it("slow frames draw less and less, down to a subset that can be recognized; quick ones more", () => {
  const slow = paint();
  const drawn = Array.from({ length: 10 }, () => slow.frame(1000, "view"));
  expect(drawn.every((points, index) => points <= (drawn[index - 1] ?? Infinity))).toBe(true);
  expect(drawn.at(-1)).toBe(MOVING_MS * MIN_POINTS_PER_MS);
  const quick = paint();
  expect([quick.frame(16, "view"), quick.frame(16, "view")]).toEqual([55_000, 82_000]);
});

it("at rest the others follow in slices, each of them once, until the picture is whole", () => {
  const { painter, frame } = paint();
  const slices = [frame(16, "view")];
  while (!painter.isWhole) slices.push(frame(45, "none", true));
  expect(Math.max(...slices)).toBeLessThanOrEqual(RESTING_MS * INITIAL_POINTS_PER_MS);
  expect(slices.reduce((sum, points) => sum + points)).toBe(COUNT);
  expect(frame(45, "none", true)).toBe(0);
});

it("another style of many points is begun a moment later, of few at once", () => {
  const { painter, frame, submits } = paint();
  frame(16, "view");
  while (!painter.isWhole) frame(45, "none", true);
  expect([frame(16, "style", true), frame(50, "none", true), painter.isWhole]).toEqual([0, 0, false]);
  expect([frame(16, "style", true), frame(100, "none", true)]).toEqual([0, 0]); // It changed again meanwhile.
  const slices: number[] = [];
  while (!painter.isWhole) slices.push(frame(45, "none", true));
  expect(slices.reduce((sum, points) => sum + points)).toBe(COUNT);
  expect(submits(), "each slice but the last, which is presented: the next one waits for the GPU").toBe(
    slices.length - 1,
  );
  const few = paint([0], 2_000);
  few.frame(16, "view");
  expect([few.frame(16, "style", true), few.painter.isWhole]).toEqual([2_000, true]);
});

it("nothing more is drawn while the scene moves on", () => {
  const { painter, frame } = paint();
  frame(16, "view");
  expect([frame(16, "none", false), painter.isWhole]).toEqual([0, false]);
});

it("while neighbors are on their way, another style of many points waits for them, but not for ever", () => {
  const { painter, frame } = paint();
  frame(16, "view");
  while (!painter.isWhole) frame(45, "none", true);
  expect([frame(16, "style", true, true), frame(900, "none", true, true)]).toEqual([0, 0]);
  expect(frame(16, "none", true, false), "they are there").toBeGreaterThan(0);
  expect(frame(45, "none", true, true), "what has begun goes on").toBeGreaterThan(0);
  while (!painter.isWhole) frame(45, "none", true);
  expect([frame(16, "style", true, true), frame(990, "none", true, true)]).toEqual([0, 0]);
  expect(frame(20, "none", true, true)).toBeGreaterThan(0);
});
