/** Checks which parts of a bookmark fit the current data; drops and names the others. */
import { type AxisChoice, type AxisChoices, emptyAxis } from "../../data/axes";
import type { Bookmark, BookmarkedData } from "../../data/bookmark";
import type { Column } from "../../data/column";
import { formatCount } from "../../data/format";
import type { Shown } from "../../data/runs";
import { isColumnHere, missingColumns, OF_COLUMN, OF_COLUMNS } from "../../state/named_columns";
import { FIELDS, type State } from "../../state/state";
import { nameOfField } from "../../state/view";

/** Fields that refer to points, which are others in other data. */
const OF_POINTS = ["row", "selection", "terms", "metadataUpload"] as const;

interface Fit {
  /** Its rows are the rows shown. */
  readonly ofPoints: boolean;
  /** Its coordinates are of the vectors shown. */
  readonly ofCoordinates: boolean;
}

/**
 * A run may have been renamed or moved, so its name is not compared; the built-in projector names neither tensor nor
 * step. Another step has the same points, but other vectors.
 */
export function fitOf({ data }: Bookmark, { embedding, step }: Shown): Fit {
  const [rows, dims] = step.shape;
  const isNamed = data.embedding !== null;
  const ofPoints = isOfSize(data, rows, dims) && (!isNamed || data.embedding === embedding.name);
  return { ofPoints, ofCoordinates: ofPoints && (!isNamed || data.step === step.step) };
}

function isOfSize(data: BookmarkedData, rows: number, dims: number): boolean {
  return dims === data.dims && (data.isAtLeast === true ? rows >= data.rows : rows === data.rows);
}

/** The view without what does not fit; adds a note on what that is. */
export function dropUnfit(
  view: Partial<State>,
  bookmark: Bookmark,
  fit: Fit,
  shown: Shown,
  notes: string[],
): Partial<State> {
  if (fit.ofCoordinates) return view;
  const dropped = bookmark.pictures.some(({ method }) => method !== "pca") ? ["its coordinates"] : [];
  const kept = fit.ofPoints ? view : withoutPoints(view, dropped);
  if (!fit.ofPoints && bookmark.trail.length > 0) dropped.push("the isolated points");
  if (!fit.ofPoints && bookmark.tags.length > 0) dropped.push("the tags");
  // If only the step is another, all of it was of use, and the step's absence is reported elsewhere.
  if (fit.ofPoints && dropped.length === 0) return kept;
  const end = dropped.length === 0 ? "." : `: dropped were ${dropped.join(", ")}.`;
  notes.push(`${difference(bookmark, shown)}${end}`);
  return kept;
}

function withoutPoints(view: Partial<State>, dropped: string[]): Partial<State> {
  const kept: Partial<State> = { ...view };
  for (const name of OF_POINTS) {
    if (isSet(view[name])) dropped.push(`the ${nameOfField(name)}`);
    Object.assign(kept, { [name]: FIELDS[name].initial });
  }
  const axes = view.axes?.map(withoutRows) as AxisChoices | undefined;
  if (axes?.some((axis, at) => axis !== view.axes![at])) dropped.push(`the ${nameOfField("axes")}`);
  return axes === undefined ? kept : { ...kept, axes };
}

function isSet(value: unknown): boolean {
  return value != null && !(Array.isArray(value) && value.length === 0);
}

function withoutRows(axis: AxisChoice): AxisChoice {
  return axis.kind === "selections" || axis.kind === "points" ? emptyAxis(axis.kind) : axis;
}

function difference({ data }: Bookmark, { embedding, step }: Shown): string {
  const size = (rows: number, dims: number) => `${formatCount(rows)} points of ${formatCount(dims)} dimensions`;
  const [rows, dims] = step.shape;
  if (!isOfSize(data, rows, dims)) {
    const least = data.isAtLeast === true ? "at least " : "";
    return `It was made from ${least}${size(data.rows, data.dims)}; these are ${size(rows, dims)}`;
  }
  if (data.embedding !== null && data.embedding !== embedding.name)
    return `It was made from the tensor “${data.embedding}”; this is “${embedding.name}”`;
  const words = (one: number | null) => (one === null ? "data without a step" : `step ${formatCount(one)}`);
  return `It was made from ${words(data.step)}; this is ${words(step.step)}`;
}

/** The view without columns that are not here; adds a note on each of them. */
export function dropMissingColumns(view: Partial<State>, columns: readonly Column[], notes: string[]): Partial<State> {
  const isHere = (name: string) => isColumnHere(columns, name);
  const kept: Partial<State> = { ...view };
  for (const name of OF_COLUMN) if (view[name] && !isHere(view[name])) kept[name] = null;
  for (const name of OF_COLUMNS) {
    Object.assign(kept, { [name]: (view[name] ?? []).filter(({ column }) => isHere(column)) });
  }
  const missing = missingColumns(view, columns).map(({ name }) => name);
  for (const name of new Set(missing)) notes.push(`There is no column “${name}” here, which it uses.`);
  return kept;
}
