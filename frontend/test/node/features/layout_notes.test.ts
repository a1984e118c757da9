/** What a layout says about its graph: where it deviates from the request, and what the picture cannot show. */
import { expect, it } from "vitest";
import type { NeighborGraph } from "../../../src/data/graph";
import { describeGraph } from "../../../src/features/layout/settings";
import { Store } from "../../../src/state/store";

const { state } = new Store();

function notesFor(graph: Partial<NeighborGraph>) {
  const whole = { rows: 5000, k: 90, linkedRows: 5000, crowdedRows: 0, ...graph } as NeighborGraph;
  return (["tsne", "umap"] as const).map((method) => describeGraph(method, state, whole).notes);
}

it("says nothing about a graph that is as requested", () => {
  expect(notesFor({})).toEqual([[], []]);
});

it("says how many points are islands, and that their places mean nothing", () => {
  for (const notes of notesFor({ crowdedRows: 1200 })) {
    expect(notes).toHaveLength(1);
    expect(notes![0]).toMatch(/^1,200 points are equal to 90 others or more.*islands.*mean nothing/);
  }
});

it("says both where there are too few neighbors and too many copies", () => {
  for (const notes of notesFor({ rows: 6, k: 5, crowdedRows: 6 })) {
    expect(notes).toHaveLength(2);
    expect(notes![0]).toContain("6 points have at most 5 neighbors each");
  }
});
