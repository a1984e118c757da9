/** Creates a bookmark of the current view. */
import type { Bookmark } from "../../data/bookmark";
import { drawnCoordinates, drawnMethod } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import { writeView } from "../../state/view";

/** They name the data, or are stored in full elsewhere in the bookmark. */
const NOT_IN_VIEW = ["run", "embedding", "step", "selection", "trail"];

/** Null while there is no data. */
export function makeBookmark(state: Readonly<State>, coordinates: MethodCoordinates): Bookmark | null {
  const { shown, trail, selection } = state;
  const drawn = drawnCoordinates(state);
  if (shown === null || drawn === null) return null;
  const view = writeView(state);
  for (const name of NOT_IN_VIEW) delete view[name];
  const [rows, dims] = shown.step.shape;
  const others = coordinates.cached(state.subset).filter(({ method }) => method !== drawn.method);
  return {
    label: freeLabel(state),
    view,
    data: { run: shown.run.name, embedding: shown.embedding.name, step: shown.step.step, rows, dims },
    selection,
    trail: trail.map((subset) => ({ rows: subset.rows, words: subset.words })),
    pictures: [{ ...drawn, subset: null }, ...others.map((one) => ({ ...one, subset: null }))],
    notes: [],
  };
}

const METHOD_NAMES = { pca: "PCA", tsne: "t-SNE", umap: "UMAP", axes: "Axes", as_is: "As is" } as const;

/** «t-SNE 2», with the first free number. */
function freeLabel(state: Readonly<State>): string {
  const taken = new Set(state.bookmarks.map(({ label }) => label));
  const name = METHOD_NAMES[drawnMethod(state)];
  for (let number = 1; ; number++) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
