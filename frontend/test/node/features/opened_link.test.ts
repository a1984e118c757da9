/** A link's request is met once its data is there, and kept in the URL until then. */
import { expect, it, vi } from "vitest";
import { type AxisChoices, emptyAxis } from "../../../src/data/axes";
import type { BookmarkedSubset } from "../../../src/data/bookmark";
import type { Shown } from "../../../src/data/runs";
import type { Subset } from "../../../src/data/space";
import { readTrail } from "../../../src/data/trail_text";
import { OpenedLink } from "../../../src/features/address/opened_link";
import type { Actions } from "../../../src/state/actions";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";

const TRAIL = readTrail("1-9 by lasso\n2,4 by hand")!;

function shownOf(rows: number, metadata: object | null = null): Shown {
  const embedding = { name: "e", steps: [], metadata, sprite: null };
  return { run: { name: "r" }, embedding, step: { step: 1, version: "v", shape: [rows, 2] } } as unknown as Shown;
}

/** A page opened with this link, whose server gives names, or does not answer. */
function open(view: Partial<State>, isAnswering = true) {
  const store = new Store();
  const name = ({ rows, words }: BookmarkedSubset): Subset => ({ name: `${rows.length} rows`, rows, words });
  const nameSubsets = async (trail: readonly BookmarkedSubset[]) => (isAnswering ? trail.map(name) : null);
  const projectAxes = vi.fn();
  const { trail: _waits, ...atOnce } = view;
  store.set(atOnce);
  const link = new OpenedLink(store, { nameSubsets, projectAxes } as unknown as Actions, view);
  return { store, link, projectAxes };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

it("isolates its points, with the way back, once their data is shown", async () => {
  const { store, link } = open({ trail: TRAIL });
  await turn();
  expect([store.state.subset, link.trailToKeep(store.state)]).toEqual([null, TRAIL]);
  store.set({ shown: shownOf(10) });
  await turn();
  expect(store.state.trail.map(({ name, words }) => [name, words])).toEqual([
    ["9 rows", "by lasso"],
    ["2 rows", "by hand"],
  ]);
  expect([store.state.subset, link.trailToKeep(store.state)]).toEqual([store.state.trail[1], store.state.trail]);
});

it("keeps them in the URL while the server does not answer", async () => {
  const { store, link } = open({ trail: TRAIL }, false);
  store.set({ shown: shownOf(10) });
  await turn();
  expect([store.state.trail, link.trailToKeep(store.state)]).toEqual([[], TRAIL]);
});

it.each([
  [{ trail: TRAIL }, shownOf(9), "isolates row 9, and there are 9 rows"],
  [{ trail: TRAIL, run: "gone" }, shownOf(10), "points of other data"],
])("says why it cannot (%#), and all points are shown", async (view, shown, words) => {
  const { store, link } = open(view);
  store.set({ shown });
  await turn();
  expect(store.state.addressNotes.join()).toContain(words);
  expect([store.state.trail, link.trailToKeep(store.state)]).toEqual([[], []]);
});

const AXES: AxisChoices = [emptyAxis("random"), emptyAxis("random"), emptyAxis("random")];
const PICTURE = { projection: {} as State["projection"] };
const METADATA = { metadata: {} as State["metadata"] };

it("projects on its axes as soon as the data, its metadata and the isolated points are there, once", async () => {
  const { store, projectAxes } = open({ method: "axes", axes: AXES, trail: TRAIL });
  projectAxes.mockImplementation(() => expect(store.state.subset?.words).toBe("by hand"));
  store.set({ shown: shownOf(10, { file: "names.tsv" }), ...PICTURE });
  await turn();
  expect(projectAxes).not.toHaveBeenCalled();
  store.set(METADATA);
  await turn();
  store.set({ projection: { ...PICTURE.projection! } });
  await turn();
  expect(projectAxes).toHaveBeenCalledTimes(1);
});

it.each([
  [{ method: "axes" }, {}],
  [{ method: "tsne" }, {}],
  [{ method: "axes", axes: AXES }, { method: "pca" }],
  [{ method: "axes", axes: AXES }, { axes: [...AXES] as unknown as AxisChoices }],
] as const)(
  "projects on nothing that the link does not name, or that was changed meanwhile (%#)",
  async (view, patch) => {
    const { store, projectAxes } = open(view);
    store.set(patch);
    store.set({ shown: shownOf(10), ...PICTURE });
    await turn();
    expect(projectAxes).not.toHaveBeenCalled();
  },
);
