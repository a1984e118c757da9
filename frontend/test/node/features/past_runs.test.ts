/** The pictures of earlier runs of a layout: which are kept, and what is said of those that are not. */
import { beforeEach, expect, it } from "vitest";
import type { Coordinates } from "../../../src/data/coordinates";
import type { LayoutStatus } from "../../../src/data/layout_status";
import { PastRuns } from "../../../src/features/layout/past_runs";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import { Store } from "../../../src/state/store";
import { shownOf } from "./shown_data";

/** So many that two pictures in the plane fit into the memory for old ones, but not three. */
const MANY = 7 << 20;

let store: Store;
let coordinates: MethodCoordinates;
let past: PastRuns;

beforeEach(() => {
  store = new Store();
  coordinates = new MethodCoordinates(store);
  past = new PastRuns(store, coordinates, () => {});
  store.set({ shown: shownOf(MANY), method: "umap" });
});

function run(iteration: number, rows: number): void {
  past.begin("umap");
  const [x, y] = [new Float32Array(rows), new Float32Array(rows)];
  const layout = { of: "umap", phase: "ended", iteration, notes: [] } as Partial<LayoutStatus> as LayoutStatus;
  coordinates.put({ method: "umap", subset: null, x, y, z: null } as Partial<Coordinates> as Coordinates, { layout });
}

function undoTo(layoutRun: number): [iteration: number, notes: readonly string[]] {
  store.set({ layoutRun });
  const { iteration, notes } = store.state.layout!;
  return [iteration, notes];
}

it("small ones are kept, all of them", () => {
  for (const iteration of [1, 2, 3, 4]) run(iteration, 10);
  expect([3, 2, 1].map(undoTo)).toEqual([3, 2, 1].map((iteration) => [iteration, []]));
  expect([2, 3, 4].map(undoTo)).toEqual([2, 3, 4].map((iteration) => [iteration, []]));
});

it("of large ones the newest are kept, and a step to one that is not says so and leaves the picture", () => {
  for (const iteration of [1, 2, 3, 4]) run(iteration, MANY);
  expect(undoTo(3)).toEqual([3, []]);
  expect(undoTo(2)).toEqual([2, []]);
  const { coordinates: kept } = store.state;
  const forgotten = [expect.stringMatching(/^The picture of that run is no longer kept.* 134 MB of memory\.$/)];
  expect([1, 0].map(undoTo)).toEqual([
    [2, forgotten],
    [2, forgotten],
  ]);
  expect(store.state.coordinates === kept).toBe(true);
  expect([1, 2, 3].map(undoTo)).toEqual([
    [2, forgotten],
    [2, forgotten],
    [3, []],
  ]);
});
