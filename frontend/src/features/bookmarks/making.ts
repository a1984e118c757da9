/** Creates a bookmark of the current view. */
import type { Bookmark, BookmarkedPicture } from "../../data/bookmark";
import { type Coordinates, METHOD_NAMES } from "../../data/coordinates";
import { formatBytes } from "../../data/format";
import { drawnCoordinates, drawnMethod } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import { writeView } from "../../state/view";

/** Fields that name the data, or are stored in full elsewhere in the bookmark. */
const NOT_IN_VIEW = ["run", "embedding", "step", "uploads", "selection", "trail"];
/**
 * Size of the coordinates up to which those of the points around the isolated ones are included: as text, they fit into
 * a file of 32 MiB, the most that the server saves.
 */
const MAX_BYTES = 24e6;

/** Null while there is no data. */
export function makeBookmark(state: Readonly<State>, coordinates: MethodCoordinates): Bookmark | null {
  const { shown, trail, selection, tags } = state;
  const drawn = drawnCoordinates(state);
  if (shown === null || drawn === null) return null;
  const [rows, dims] = shown.step.shape;
  return {
    label: freeLabel(state),
    view: viewOf(state),
    data: { run: shown.run.name, embedding: shown.embedding.name, step: shown.step.step, rows, dims },
    selection,
    trail: trail.map((subset) => ({ rows: subset.rows, words: subset.words })),
    ...{ tags, raw: null },
    ...withinSize(picturesOf(state, [...coordinates.cached(), drawn]), trail.length),
  };
}

function viewOf(state: Readonly<State>): Record<string, string> {
  const view = writeView(state);
  for (const name of NOT_IN_VIEW) delete view[name];
  return view;
}

/**
 * The first of each method and depth: those on the screen, which may be flattened, come last. Subsets that were left are
 * not in the trail: nothing leads to them.
 */
function picturesOf({ trail, layout }: Readonly<State>, all: readonly Coordinates[]): BookmarkedPicture[] {
  const found = new Map<string, BookmarkedPicture>();
  for (const one of all) {
    const depth = one.subset == null ? 0 : trail.findIndex(({ name }) => name === one.subset?.name) + 1;
    if (one.subset != null && depth === 0) continue;
    const key = `${one.method} ${depth}`;
    const columns = layout?.of === one.method ? copyOf(one) : null;
    if (!found.has(key)) found.set(key, { ...one, ...columns, subset: null, depth });
  }
  return [...found.values()];
}

/** A layout takes the buffers of its frames back. */
function copyOf({ x, y, z }: Coordinates): Pick<Coordinates, "x" | "y" | "z"> {
  return { x: x.slice(), y: y.slice(), z: z?.slice() ?? null };
}

/** All of the isolated points, then those of the points around them that fit; a note says which do not. */
function withinSize(all: readonly BookmarkedPicture[], innermost: number): Pick<Bookmark, "pictures" | "notes"> {
  let bytes = 0;
  const sorted = [...all].sort((a, b) => b.depth - a.depth);
  const fits = (one: BookmarkedPicture, at: number) => {
    const size = one.x.byteLength * (one.z === null ? 2 : 3);
    const isIn = at === 0 || one.depth === innermost || bytes + size <= MAX_BYTES;
    if (isIn) bytes += size;
    return isIn;
  };
  const pictures = sorted.filter(fits);
  const left = sorted.filter((one) => !pictures.includes(one));
  return { pictures, notes: left.map(leftOutNote) };
}

function leftOutNote({ method, depth }: BookmarkedPicture): string {
  const points = depth === 0 ? "all points" : "the points that the isolated ones were taken from";
  const most = `a bookmark holds ${formatBytes(MAX_BYTES)} of coordinates`;
  return `${METHOD_NAMES[method]} of ${points} is not in it: ${most}. Bookmark it there, too.`;
}

/** «t-SNE 2», with the first free number. */
function freeLabel(state: Readonly<State>): string {
  const taken = new Set(state.bookmarks.map(({ label }) => label));
  const name = METHOD_NAMES[drawnMethod(state)];
  for (let number = 1; ; number++) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
