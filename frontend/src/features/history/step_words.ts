/** Descriptions of undo steps: «selection by lasso», «Color by». */
import type { State } from "../../state/state";

type Words = string | ((after: Readonly<Partial<State>>) => string);

/** Names of steps: that of the first field here that changed. */
const WORDS: Partial<Record<keyof State, Words>> = {
  run: "choice of run",
  embedding: "choice of tensor",
  step: "choice of step",
  trail: ({ trail }) => (trail?.length ? `isolation of ${trail.at(-1)!.words}` : "going back to all points"),
  selection: ({ selection, selectionWords }) =>
    selection === null ? "clearing the selection" : `selection ${selectionWords || "of points"}`,
  row: ({ row }) => (row === null ? "clearing the selection" : "selection of a point"),
  method: "change of projection",
  dimensions: ({ dimensions }) => `change to ${dimensions}-D`,
  query: "search",
  searchMode: "search",
  matchCase: "search",
  searchIn: "search",
  labelBy: "labels",
  importanceBy: "labels",
  colorBy: "colors",
  colorChoices: "colors",
  sizeBy: "sizes",
  imageBy: "images",
  tags: "tags",
  metadataUpload: "metadata",
  filters: "filter",
  showLabels: ({ showLabels }) => (showLabels ? "labels on" : "labels off"),
  nameColors: ({ nameColors }) => (nameColors ? "names of the colors on" : "names of the colors off"),
  showImages: ({ showImages }) => (showImages ? "images on" : "images off"),
  listImages: ({ listImages }) => (listImages ? "images in lists on" : "images in lists off"),
  superviseBy: "supervision",
  superviseWithout: "supervision",
  components: "choice of components",
  terms: "sum of points",
  normalizeTerms: "sum of points",
  metric: "choice of metric",
  neighborCount: "number of neighbors",
  axes: "custom axes",
  asIs: "choice of axes",
};

export function stepWords(after: Readonly<Partial<State>>, changed: readonly (keyof State)[]): string {
  const named = (Object.keys(WORDS) as (keyof State)[]).find((name) => changed.includes(name));
  const words = named === undefined ? undefined : WORDS[named];
  if (words === undefined) return `change of ${toWords(changed[0] ?? "")}`;
  return typeof words === "string" ? words : words(after);
}

/** «umapNeighbors» -> «umap neighbors» */
function toWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
