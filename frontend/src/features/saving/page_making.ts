/** Creates a self-contained page of the whole view: no server, no network, no other file. */
import type { Client } from "../../api/client";
import { writeCameras } from "../../data/cameras";
import { type Column, codedTexts } from "../../data/column";
import { isLayoutMethod, METHOD_NAMES } from "../../data/coordinates";
import { formatCount } from "../../data/format";
import { importantRows } from "../../data/important_rows";
import { saveLegend } from "../../data/legend_saved";
import { nextTurn } from "../../data/next_turn";
import { takeColumn, takePairs, takeRows } from "../../data/part_of_rows";
import {
  type Block,
  blocksOf,
  blockText,
  headText,
  type PageHead,
  type SavedSheets,
  type SavedView,
} from "../../data/saved_page";
import {
  colorColumn,
  columnsOf,
  drawnCoordinates,
  drawnDimensions,
  drawnMethod,
  importanceColumn,
  labelColumn,
  namingColumn,
  pointCount,
  sizeColumn,
} from "../../state/derived";
import type { PointColors } from "../../state/point_colors";
import type { State } from "../../state/state";
import type { PageColumns } from "./fields";
import { filterNames, legendFilter, saveStanding, standingBytes } from "./page_standing";

type Read = Readonly<State>;

/** Size of a page without points; estimated, because the viewer is only fetched when saving. */
const EMPTY_PAGE_BYTES = 140_000;
/** Number of rows of which the page knows how important they are: 80 kB. */
const RANKED_ROWS = 20_000;

/** The approximate size of the page. */
export function estimatePageBytes(state: Read, which: PageColumns): number {
  const rows = pointCount(state);
  const drawn = drawnCoordinates(inSpace(state));
  const coordinateBytes = drawn === null ? 0 : drawn.z === null ? 8 : 12;
  const columns = columnsFor(state, which).reduce((sum, column) => sum + columnBytes(column, rows), 0);
  const colored = state.legend === null ? 0 : 4;
  const sized = sizeColumn(state) === null ? 0 : 4;
  const ranked = importanceColumn(state) === null ? 0 : 4 * Math.min(rows, RANKED_ROWS);
  const arrays =
    rows * (coordinateBytes + colored + sized) + ranked + columns + standingBytes(state) + (state.sheetBytes ?? 0);
  return EMPTY_PAGE_BYTES + (arrays * 4) / 3;
}

function columnBytes(column: Column, rows: number): number {
  const numbers = column.kind === "text" ? 0 : 8 * rows;
  const texts = codedTexts(column);
  if (texts === null) return numbers;
  const { bytes, size } = texts.dictionary;
  return numbers + 4 * rows + (bytes.length + 4 * size) * Math.min(1, rows / Math.max(1, column.rows));
}

/** Throws ApiError if the viewer cannot be fetched from the server. */
export async function makePage(
  state: Read,
  client: Client,
  colors: PointColors,
  which: PageColumns,
  sheets: SavedSheets | null,
): Promise<Blob> {
  const [view, viewer] = [{ ...saveView(state, colors, which), sheets }, await fetchViewer(client)];
  const parts = [startOf(view)];
  for (const block of blocksOf(view)) {
    parts.push(blockElement(block));
    await nextTurn(); // A million rows take a while: lets the page respond.
  }
  parts.push(`<script>${escapeScript(viewer)}</script>\n</body>\n</html>\n`);
  return new Blob(parts, { type: "text/html" });
}

/** The script of saved pages, as text: it is not loaded into this page. */
async function fetchViewer(client: Client): Promise<string> {
  return (await client.send({ route: "static/saved_page.js" })).text();
}

/** Its content security policy forbids all requests: the page is complete. */
function startOf(view: SavedView): string {
  return `<!doctype html>
<html lang="en" data-theme="${view.head.theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(view.head.title)}</title>
</head>
<body>
<noscript>This page draws its points with JavaScript, which is turned off here.</noscript>
<script type="application/json" id="head">${headText(view)}</script>
`;
}

function blockElement(block: Block): string {
  return `<script type="text/plain" id="${block[0]}">${blockText(block)}</script>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** These end a script, or hide its end, anywhere; in strings and patterns an extra backslash has no effect. */
function escapeScript(text: string): string {
  return text.replace(/<(\/script|!--)/gi, "<\\$1");
}

function saveView(state: Read, pointColors: PointColors, which: PageColumns): Omit<SavedView, "sheets"> {
  const drawn = drawnCoordinates(inSpace(state));
  if (drawn === null) throw new Error("nothing is drawn yet");
  const rows = state.subset?.rows ?? null;
  const column = (values: Float32Array) => takeRows(values, rows);
  const colors = pointColors.coloring(state)?.colors ?? null;
  const sizes = pointColors.sizing(state)?.sizes ?? null;
  const importance = importanceColumn(state);
  const lines = state.showLines ? (state.sequences?.pairs ?? null) : null;
  return {
    head: makeHead(state),
    ...{ x: column(drawn.x), y: column(drawn.y), z: drawn.z && column(drawn.z) },
    colors: colors && takeRows(colors, rows, 4),
    sizes: sizes && column(sizes),
    rowNumbers: rows,
    ...saveStanding(state, drawn.rows),
    labelRows: importance && importantRows(takeColumn(importance, rows), pointCount(state), RANKED_ROWS),
    lines: lines && takePairs(lines, rows, drawn.rows),
    columns: columnsFor(state, which).map((one) => takeColumn(one, rows)),
  };
}

/** With its third dimension if it has one, even if drawn in 2-D. */
function inSpace(state: Read): Read {
  return { ...state, dimensions: 3 };
}

function columnsFor(state: Read, which: PageColumns): readonly Column[] {
  if (which === "all") return columnsOf(state);
  const shown = new Set([labelColumn(state), colorColumn(state)]);
  return columnsOf(state).filter((column) => shown.has(column));
}

function makeHead(state: Read): PageHead {
  const drawn = drawnCoordinates(inSpace(state));
  const { shown, theme, fog, sizeByDepth, density, imagesNear, showAxes, showLabels, labelPoints, legend } = state;
  return {
    title: `${[shown?.run.name, shown?.embedding.name].filter((name) => name && name !== ".").join(" · ") || "Embedding"}`,
    words: wordsOf(state),
    rows: pointCount(state),
    dimensions: drawnDimensions(state),
    theme,
    camera: writeCameras(state.camera),
    axisNames: drawn === null || isLayoutMethod(drawn.method) ? [] : drawn.axisNames,
    style: {
      ...{ pointSize: state.pointSize || null, opacity: state.opacity || null },
      ...{ fog, sizeByDepth, density, imagesNear, showAxes },
    },
    showLabels,
    nameColors: namingColumn({ ...state, showLabels: true }) !== null,
    hasLabelPoints: labelPoints,
    labelColumn: labelColumn(state)?.name ?? null,
    colorColumn: colorColumn(state)?.name ?? null,
    legend: legend && saveLegend(legend),
    sizeLegend: state.sizeLegend,
    legendFilter: legendFilter(state),
  };
}

/** «1,797 points · 64 dimensions · t-SNE · step 100 · as stored» */
function wordsOf(state: Read): string {
  const { shown, subset } = state;
  const count = `${formatCount(pointCount(state))} points`;
  const isolated = subset === null ? count : `${count} of ${formatCount(shown?.step.shape[0] ?? 0)} (${subset.words})`;
  const step = shown?.step.step == null ? [] : [`step ${formatCount(shown.step.step)}`];
  const dims = `${formatCount(shown?.step.shape[1] ?? 0)} dimensions`;
  return [isolated, dims, METHOD_NAMES[drawnMethod(state)], ...step, ...filterNames(state)].join(" · ");
}
