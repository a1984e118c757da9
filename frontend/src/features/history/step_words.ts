/** Descriptions of undo steps: «selection by lasso», «Color by». */
import { METHOD_NAMES } from "../../data/coordinates";
import type { State } from "../../state/state";
import { nameOfField } from "../../state/view";

type Words = string | ((after: Readonly<Partial<State>>) => string);

/** Names of steps: that of the first field here that changed. Other fields have that of the screen. */
const WORDS: Partial<Record<keyof State, Words>> = {
  run: "choice of run",
  embedding: "choice of tensor",
  step: "choice of step",
  trail: ({ trail }) => (trail?.length ? `isolation of ${trail.at(-1)!.words}` : "going back to all points"),
  selection: ({ selection, selectionWords }) =>
    selection === null ? "clearing the selection" : `selection ${selectionWords || "of points"}`,
  row: ({ row }) => (row === null ? "clearing the selection" : "selection of a point"),
  layoutRun: ({ method }) => `run of ${METHOD_NAMES[method!]}`,
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
  superviseBy: "supervision",
  components: "choice of components",
  terms: "sum of points",
  metric: "choice of metric",
  neighborCount: "number of neighbors",
  axes: "custom axes",
  asIs: "choice of axes",
  tableOpen: ({ tableOpen }) => (tableOpen ? "opening the table" : "closing the table"),
  selectionWords: "selection of points",
  subset: "isolation of points",
};

export function stepWords(after: Readonly<Partial<State>>, changed: readonly (keyof State)[]): string {
  const named = (Object.keys(WORDS) as (keyof State)[]).find((name) => changed.includes(name));
  const words = named === undefined ? wordsByName(after, changed[0]!) : WORDS[named]!;
  return typeof words === "string" ? words : words(after);
}

/** «fog in the distance off», «change of point size» */
function wordsByName(after: Readonly<Partial<State>>, field: keyof State): string {
  const [value, name] = [after[field], nameOfField(field)];
  return typeof value === "boolean" ? `${name} ${value ? "on" : "off"}` : `change of ${name}`;
}
