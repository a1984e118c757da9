/** Saves the view to files: pictures, tables, and a self-contained page. */
import type { Client } from "../../api/client";
import { writeArrowFile } from "../../api/points_file";
import { fileNameOf } from "../../data/file_name";
import { formatCount } from "../../data/format";
import { writeCsv } from "../../data/points_table";
import { everyRow } from "../../data/row_sets";
import { columnsOf, drawnCoordinates, drawnMethod } from "../../state/derived";
import type { PointColors } from "../../state/point_colors";
import { drawsColors, selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import type { Picture } from "../../view/picture";
import { savePng } from "../../view/picture_saving";
import { saveFile } from "../../work/save_file";
import type { Tasks } from "../../work/tasks";
import type { PageColumns, SavingActions } from "./fields";
import { drawLegends, legendsSvg } from "./legend_drawing";
import { estimatePageBytes, makePage } from "./page_making";
import { followSheetBytes, PageSheets } from "./page_sheets";
import { svgLoss } from "./svg_loss";

/** Number of discs above which programs take minutes to open an SVG. */
const MANY_DISCS = 50_000;

export function makeSaving(
  store: Store,
  client: Client,
  tasks: Tasks,
  picture: Picture,
  colors: PointColors,
): SavingActions {
  const saving = new Saving(store, client, tasks, picture, colors);
  followSheetBytes(store, saving.sheets);
  return {
    savePng: (ratio) => saving.run("PNG", (signal) => saving.savePng(ratio, signal)),
    saveSvg: () => saving.run("SVG", () => saving.saveSvg()),
    saveTable: (format, which) => saving.run(format.toUpperCase(), () => saving.saveTable(format, which)),
    savePage: (columns) => saving.run("HTML", () => saving.savePage(columns)),
    pageBytes: (columns) => estimatePageBytes(store.state, columns),
    pictureExtent: () => picture.extent,
  };
}

class Saving {
  readonly sheets = new PageSheets(this.client);
  /** Aborted when the user cancels what is being written. */
  #signal: AbortSignal | null = null;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly picture: Picture,
    private readonly colors: PointColors,
  ) {}

  /** Shows what is being written, and reports failures and that the user has canceled it. */
  async run(what: string, write: (signal: AbortSignal) => Promise<string | null>): Promise<void> {
    if (this.store.state.exporting !== null) return;
    this.store.set({ exporting: `Writing ${what}`, exportNote: null });
    await new Promise(requestAnimationFrame); // Lets the text appear before the work begins.
    const exportNote = await this.tasks.run("saving", `Writing ${what}`, (signal) => this.#write(what, write, signal));
    this.store.set({
      exporting: null,
      exportNote: exportNote === undefined ? `No ${what} saved: canceled.` : exportNote,
    });
  }

  async #write(
    what: string,
    write: (signal: AbortSignal) => Promise<string | null>,
    signal: AbortSignal,
  ): Promise<string | null> {
    this.#signal = signal;
    try {
      return await write(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return `The ${what} file could not be written: ${error instanceof Error ? error.message : error}.`;
    }
  }

  async savePng(ratio: number, signal: AbortSignal): Promise<string | null> {
    const { state } = this.store;
    const { height } = this.picture.extent;
    const legends = { ...state, legend: drawsColors(state) ? state.legend : null };
    const blob = await savePng(this.picture, {
      ratio,
      signal,
      drawMore: (context) => drawLegends(context, height, legends, state.theme),
      onProgress: (share) => this.tasks.progress("saving", { share, secondsLeft: null }),
    });
    if (blob === null) throw new Error("nothing is drawn; wait until the picture is there");
    return this.save(blob, "png");
  }

  async saveSvg(): Promise<string | null> {
    const { state } = this.store;
    const legends = { ...state, density: false }; // Drawn as discs.
    const extra = legendsSvg(this.picture.extent.height, legends, state.theme);
    const note = await this.save(new Blob([...this.picture.writeSvg(extra)], { type: "image/svg+xml" }), "svg");
    const discs = drawnCoordinates(state)?.finiteRows ?? 0;
    if (discs > MANY_DISCS)
      return `${formatCount(discs)} discs: few programs open such an SVG quickly. A PNG in a large size looks the same.`;
    return svgLoss(state) ?? note;
  }

  async saveTable(format: "csv" | "arrow", which: "all" | "selection"): Promise<string | null> {
    const { state } = this.store;
    const coordinates = drawnCoordinates(state);
    if (coordinates === null) throw new Error("nothing is drawn yet");
    const rows = which === "selection" ? selectedRows(state) : (state.subset?.rows ?? everyRow(coordinates.rows));
    const columns = columnsOf(state);
    const blob =
      format === "csv"
        ? new Blob([...writeCsv(rows, coordinates, columns)], { type: "text/csv" })
        : new Blob([writeArrowFile(rows, coordinates, columns)], {
            type: "application/vnd.apache.arrow.file",
          });
    return this.save(blob, format === "csv" ? "csv" : "arrow", which === "selection" ? "selection" : null);
  }

  async savePage(columns: PageColumns): Promise<string | null> {
    const { state } = this.store;
    const sheets = await this.sheets.of(state);
    return this.save(await makePage(state, this.client, this.colors, columns, sheets), "html");
  }

  /** Named after the content. Returns null: no note. */
  async save(content: Blob, extension: string, part: string | null = null): Promise<null> {
    this.#signal?.throwIfAborted();
    saveFile(content, `${viewName(this.store.state, part)}.${extension}`);
    return null;
  }
}

/** «train_words_tsne_step-100» */
function viewName(state: Readonly<State>, part: string | null): string {
  const { shown } = state;
  const step = shown?.step.step == null ? null : `step-${shown.step.step}`;
  return fileNameOf(shown?.run.name ?? null, shown?.embedding.name ?? null, drawnMethod(state), step, part);
}
