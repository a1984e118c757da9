/** Axes that show values as they are, without computation: dimensions of the vectors, or columns of the metadata. */

export type AsIsAxis =
  /** 0-based. */
  | { readonly kind: "dimension"; readonly dimension: number }
  /** A numeric column. */
  | { readonly kind: "column"; readonly column: string };

/** For X, Y and Z. */
export type AsIsAxes = readonly [AsIsAxis, AsIsAxis, AsIsAxis];

export const INITIAL_AS_IS: AsIsAxes = [
  { kind: "dimension", dimension: 0 },
  { kind: "dimension", dimension: 1 },
  { kind: "dimension", dimension: 2 },
];

/** A number is a dimension, a string a column: `[0,1,"age"]`. */
export function writeAsIs(axes: AsIsAxes): string {
  return JSON.stringify(axes.map((axis) => (axis.kind === "column" ? axis.column : axis.dimension)));
}

/** `undefined` unless the text gives three valid axes. */
export function readAsIs(text: string): AsIsAxes | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read) || read.length !== 3) return undefined;
    const axes = read.map(toAxis);
    return axes.some((axis) => axis === undefined) ? undefined : (axes as unknown as AsIsAxes);
  } catch {
    return undefined;
  }
}

function toAxis(read: unknown): AsIsAxis | undefined {
  if (typeof read === "string") return { kind: "column", column: read };
  if (Number.isInteger(read) && (read as number) >= 0) return { kind: "dimension", dimension: read as number };
  return undefined;
}
