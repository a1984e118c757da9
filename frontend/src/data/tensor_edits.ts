/** What the user added to tensors, tags and metadata from a file: kept while other tensors are shown. */
import { formatCount, plural } from "./format";
import type { Runs, Shown } from "./runs";
import type { Tag } from "./tags";

interface Edits {
  readonly tags: readonly Tag[];
  readonly savedTags: readonly Tag[];
  readonly metadataUpload: string | null;
  readonly uploadNote: string | null;
}

/** The edits of one tensor. Steps with another number of rows have other points, and edits of their own. */
export interface TensorEdits extends Edits {
  readonly run: string;
  readonly embedding: string;
  readonly rows: number;
}

/** Maximum number of tensors with edits. Unsaved tags are kept beyond it: they exist nowhere else. */
const MAX_TENSORS = 100;

/** `all` with the current edits of the tensor shown, which come last. */
export function keepEdits(all: readonly TensorEdits[], shown: Shown, edits: Edits): readonly TensorEdits[] {
  const others = editsElsewhere(all, shown);
  const { tags, savedTags, metadataUpload, uploadNote } = edits;
  if (tags.length === 0 && metadataUpload === null && uploadNote === null) return others;
  const own = { tags, savedTags, metadataUpload, uploadNote };
  const [rows] = shown.step.shape;
  return dropOldest([...others, { run: shown.run.name, embedding: shown.embedding.name, rows, ...own }]);
}

function dropOldest(all: readonly TensorEdits[]): readonly TensorEdits[] {
  if (all.length <= MAX_TENSORS) return all;
  const dropped = all.find((one) => !hasUnsavedTags(one));
  return all.filter((one) => one !== dropped);
}

/** Null: the tensor has none. */
export function editsOf(all: readonly TensorEdits[], shown: Shown): Edits | null {
  const found = all.find((one) => isOf(one, shown));
  if (found === undefined) return null;
  const { tags, savedTags, metadataUpload, uploadNote } = found;
  return { tags, savedTags, metadataUpload, uploadNote };
}

/** Those of tensors that are not shown. */
export function editsElsewhere(all: readonly TensorEdits[], shown: Shown | null): readonly TensorEdits[] {
  return shown === null ? all : all.filter((one) => !isOf(one, shown));
}

export function hasUnsavedTags({ tags, savedTags }: Pick<Edits, "tags" | "savedTags">): boolean {
  return tags.length > 0 && tags !== savedTags;
}

interface Tagging extends Pick<Edits, "tags" | "savedTags"> {
  readonly tensorEdits: readonly TensorEdits[];
}

/** What changes once these lists of tags are saved to a file: their tensors may not be shown anymore. */
export function markSaved(
  { tags, savedTags, tensorEdits }: Tagging,
  saved: readonly (readonly Tag[])[],
): Omit<Tagging, "tags"> {
  return {
    savedTags: saved.includes(tags) ? tags : savedTags,
    tensorEdits: tensorEdits.map((one) => (saved.includes(one.tags) ? { ...one, savedTags: one.tags } : one)),
  };
}

/** «12 tags on words are in this page only.» */
export function unsavedWords(unsaved: readonly TensorEdits[]): string {
  const count = unsaved.reduce((sum, { tags }) => sum + tags.length, 0);
  const where = unsaved.length === 1 ? unsaved[0]!.embedding : `${formatCount(unsaved.length)} other tensors`;
  return `${plural(count, "tag")} on ${where} ${count === 1 ? "is" : "are"} in this page only.`;
}

/** Where a tensor with edits can be chosen; its newest step is null. Null: it is not there. */
export function placeOf(
  { run, embedding, rows }: TensorEdits,
  runs: Runs | null,
): { run: string; embedding: string; step: number | null } | null {
  const named = runs?.runs.find(({ name }) => name === run)?.embeddings.find(({ name }) => name === embedding);
  const found = named?.steps.filter(({ shape }) => shape[0] === rows).at(-1);
  if (named === undefined || found === undefined) return null;
  return { run, embedding, step: found === named.steps.at(-1) ? null : found.step };
}

function isOf({ run, embedding, rows }: TensorEdits, shown: Shown): boolean {
  return run === shown.run.name && embedding === shown.embedding.name && rows === shown.step.shape[0];
}
