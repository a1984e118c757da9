/** Reads a state saved by TensorBoard's built-in projector, as far as it can be represented here. */
import { type AxisChoices, writeAxes } from "./axes";
import { asRecord, type Bookmark, type BookmarkedPicture, labelOf, makePicture, rowsOf } from "./bookmark";
import { builtinAxes, builtinAxisNames } from "./builtin_axes";
import { type Cameras, HOME, withCamera, writeCameras } from "./cameras";
import { plainChoice, writeColorChoices } from "./color_choice";
import { type Method, SPACE_NOT_RECORDED } from "./coordinates";

const METHOD_OF: Record<string, Method> = { pca: "pca", tsne: "tsne", umap: "umap", custom: "axes" };
/** Initial distance of its camera, in a scene that extends from -1 to 1. */
const START_3D_AWAY = Math.hypot(0.45, 0.9, 1.6);
/** Ends of its slider of learning rates, which are powers of ten. */
const RATE_EXPONENT = { min: -3, max: 2 } as const;

/** Whether a state looks like one of the built-in projector's. */
export function isBuiltinState(state: Record<string, unknown>): boolean {
  return Array.isArray(state.projections) && Array.isArray(state.dataSetDimensions);
}

/** Throws an Error with the reason. */
export function readBuiltinState(state: Record<string, unknown>): Bookmark {
  const [rows, dims] = (state.dataSetDimensions as unknown[]).map(Number);
  const projections = state.projections as unknown[];
  const isolated = rowSet(state.filteredPoints, 2 ** 31 - 1);
  if (!(rows! > 0) || !(dims! > 0)) throw new Error("it does not say of how many points and dimensions it is");
  const notes: string[] = [];
  const method = METHOD_OF[String(state.selectedProjection)] ?? "pca";
  const isSolid = isShownSolid(state, method);
  // Its dimensions are those of the filtered points, if any.
  const total = isolated === null ? rows! : Math.max(rows!, isolated.at(-1)! + 1);
  // A filtered state lists its points in the order of filtering.
  const subsetRows = isolated === null ? null : (state.filteredPoints as unknown[]).map(Number);
  const axes = builtinAxes(state);
  const pictures = (["tsne", "umap", "axes"] as const).flatMap((one) =>
    readPicture(one, state, axes, projections, subsetRows, total),
  );
  if (!pictures.some((picture) => picture.method === method) && method !== "pca")
    notes.push(`It holds no coordinates of ${method}: run it to see its picture.`);
  return {
    label: labelOf(state),
    view: viewOf(state, method, isSolid, axes),
    data: { run: null, embedding: null, step: null, rows: total, dims: dims!, isAtLeast: isolated !== null },
    selection: rowSet(selectedRows(state.selectedPoints, subsetRows), total),
    trail: isolated === null ? [] : [{ rows: isolated, words: `${isolated.length} filtered points` }],
    ...{ pictures, tags: [], notes, raw: state },
  };
}

/** Selected points are counted within the filtered ones, if any. */
function selectedRows(selected: unknown, subsetRows: readonly number[] | null): unknown {
  return subsetRows === null || !Array.isArray(selected) ? selected : selected.map((at) => subsetRows[Number(at)]);
}

/**
 * Only points in its sample have coordinates: the others are NaN, and counted as not drawn. Its vectors may have been
 * spherized: they are there from 50 dimensions on, and no file says it.
 */
function readPicture(
  method: "tsne" | "umap" | "axes",
  state: Record<string, unknown>,
  axes: AxisChoices | null,
  projections: readonly unknown[],
  subsetRows: readonly number[] | null,
  rows: number,
): BookmarkedPicture[] {
  const keys = method === "axes" ? ["linear-x", "linear-y", "linear-z"] : [0, 1, 2].map((axis) => `${method}-${axis}`);
  const columns = keys.map((key) => columnOf(projections, key, subsetRows, rows));
  const [x, y, z] = columns;
  if (x === null || y === null || x === undefined || y === undefined) return [];
  const isSolid = method === "axes" ? true : isShownSolid(state, method);
  const iteration = method === "tsne" ? state.tSNEIteration : null;
  const depth = subsetRows === null ? 0 : 1;
  const drawn = { x, y, z: isSolid ? (z ?? null) : null };
  const definition = method === "axes" && axes !== null ? { axes } : {};
  const names = definition.axes === undefined ? [] : builtinAxisNames(definition.axes);
  return [{ ...makePicture(method, drawn, names, SPACE_NOT_RECORDED, iteration), ...definition, depth }];
}

function columnOf(
  projections: readonly unknown[],
  key: string,
  subsetRows: readonly number[] | null,
  rows: number,
): Float32Array | null {
  const column = new Float32Array(rows).fill(Number.NaN);
  let found = 0;
  projections.forEach((one, at) => {
    const value = asRecord(one)[key];
    const row = subsetRows === null ? at : subsetRows[at];
    if (typeof value !== "number" || row === undefined || !(row >= 0 && row < rows)) return;
    column[row] = value;
    found++;
  });
  return found === 0 ? null : column;
}

function isShownSolid(state: Record<string, unknown>, method: Method): boolean {
  if (method === "tsne") return state.tSNEis3d !== false;
  if (method === "umap") return state.umapIs3d !== false;
  if (method === "pca") return Array.isArray(state.pcaComponentDimensions) && state.pcaComponentDimensions.length > 2;
  return false;
}

function viewOf(
  state: Record<string, unknown>,
  method: Method,
  isSolid: boolean,
  axes: AxisChoices | null,
): Record<string, string> {
  const view: Record<string, string> = { method, dimensions: isSolid ? "3" : "2" };
  const text = (name: string, value: unknown) => {
    if (typeof value === "string" && value !== "") view[name] = value;
  };
  const number = (name: string, value: unknown) => {
    if (typeof value === "number" && Number.isFinite(value)) view[name] = String(value);
  };
  text("labelBy", state.selectedLabelOption);
  if (state.selectedColorOptionName !== "No color map") text("colorBy", state.selectedColorOptionName);
  if (view.colorBy !== undefined && state.forceCategoricalColoring === true)
    view.colorChoices = writeColorChoices([{ ...plainChoice(view.colorBy), kind: "categorical" }]);
  // Both are 0 until t-SNE has run there.
  if (state.tSNEPerplexity !== 0) {
    number("perplexity", state.tSNEPerplexity);
    number("learningRate", learningRateOf(state.tSNELearningRate));
  }
  number("umapNeighbors", state.umapNeighbors);
  number("minDist", state.umapMinDist);
  const components = Array.isArray(state.pcaComponentDimensions) ? state.pcaComponentDimensions.map(Number) : [];
  if (components.length >= 2) view.components = [components[0], components[1], components[2] ?? 2].join(",");
  if (axes !== null) view.axes = writeAxes(axes);
  const camera = writeCameras(cameraOf(asRecord(state.cameraDef)));
  if (camera !== "") view.camera = camera;
  return view;
}

/** Null for what its slider cannot give. */
function learningRateOf(exponent: unknown): number | null {
  const isOnSlider = typeof exponent === "number" && exponent >= RATE_EXPONENT.min && exponent <= RATE_EXPONENT.max;
  return isOnSlider ? 10 ** exponent : null;
}

/** Its scene is scaled differently: the direction is exact, the distance approximate. */
function cameraOf({ orthographic, position, target, zoom }: Record<string, unknown>): Cameras {
  const [at, to] = [vector(position), vector(target)];
  if (at === null || to === null) return HOME;
  if (orthographic === true) {
    const near = typeof zoom === "number" && zoom > 0 ? zoom : 1;
    return withCamera(HOME, 2, { azimuth: 0, elevation: 0, target: [to[0], to[1], 0], zoom: near });
  }
  const away = [at[0] - to[0], at[1] - to[1], at[2] - to[2]] as const;
  const length = Math.hypot(...away) || 1;
  const [azimuth, elevation] = [Math.atan2(away[0], away[2]), Math.asin(away[1] / length)];
  return withCamera(HOME, 3, { azimuth, elevation, target: to, zoom: START_3D_AWAY / length });
}

function vector(value: unknown): readonly [number, number, number] | null {
  const numbers = Array.isArray(value) ? value.map(Number) : [];
  return numbers.length === 3 && numbers.every(Number.isFinite)
    ? (numbers as unknown as [number, number, number])
    : null;
}

/** Null for no rows, or rows that do not exist. */
function rowSet(value: unknown, max: number): Int32Array | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const rows = value.map(Number).filter((row) => Number.isInteger(row) && row >= 0 && row < max);
  if (rows.length === 0) return null;
  const flags = new Uint8Array(rows.reduce((last, row) => Math.max(last, row), 0) + 1);
  for (const row of rows) flags[row] = 1;
  return rowsOf(flags);
}
