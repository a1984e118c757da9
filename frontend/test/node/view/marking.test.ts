/** What the renderer raises over the picture, and for how long. */
import { expect, it, vi } from "vitest";
import type { Frames } from "../../../src/view/frames";
import { Marking } from "../../../src/view/marking";
import { NO_PROPS } from "../../../src/view/picture_props";
import type { Stage } from "../../../src/view/stage";

const COUNT = 100_000;

function mark(emphasized: number) {
  const setRaised = vi.fn();
  const setWork = vi.fn();
  const emphasis = new Uint8Array(COUNT).fill(1).fill(2, 0, emphasized);
  const stage = { renderer: { setEmphasis() {}, setRaised } } as unknown as Stage;
  const marking = new Marking(stage, { painter: { setWork } } as unknown as Frames, () => {
    return { ...NO_PROPS, count: COUNT, emphasis };
  });
  marking.applyEmphasis();
  const raised = () => setRaised.mock.lastCall![0]?.rows.length ?? null;
  return { marking, raised, passes: setWork.mock.lastCall![1], calls: () => setRaised.mock.calls.length };
}

it("a few stay raised, however often the picture is drawn", () => {
  const { marking, raised, passes, calls } = mark(300);
  expect([raised(), passes]).toEqual([300, [1]]);
  marking.dropSample();
  expect([raised(), calls()]).toEqual([300, 1]);
});

it("some of a crowd are raised until the picture has all of it", () => {
  const { marking, raised, passes, calls } = mark(60_000);
  expect([raised(), passes]).toEqual([20_000, [1, 2]]);
  marking.dropSample();
  expect(raised()).toBeNull();
  marking.dropSample();
  expect(calls()).toBe(2);
  marking.applyEmphasis();
  expect(raised()).toBe(20_000);
});
