/** A saved page: the picture, its overlays, and the user's interaction with both. */

import { showTheme } from "../controls/tokens";
import { readCameras } from "../data/cameras";
import { type ClassNames, nameClasses } from "../data/class_names";
import { classesOf } from "../data/classes";
import { type Column, cellText, findColumn } from "../data/column";
import { filterRows, type ValuesFilter } from "../data/filters";
import { formatCount, nameRow, plural } from "../data/format";
import { Memo } from "../data/memo";
import { paintOver } from "../data/neighbor_colors";
import { combineRows, intersectRows, isInRows } from "../data/row_sets";
import type { SavedView } from "../data/saved_page";
import { findRows } from "../data/search";
import { spreadRows } from "../data/spread_rows";
import type { Sprite } from "../data/sprite";
import type { Corner } from "../math/room";
import { chooseLabelPoints } from "../view/choose_label_points";
import { emphasisOf } from "../view/emphasis_column";
import { Picture } from "../view/picture";
import { readPointRgb } from "../view/theme";
import { make } from "./elements";
import { PageBar } from "./page_bar";
import { PageCard } from "./page_card";
import { listenInPicture, listenToKeys } from "./page_keys";
import { densityLegendElement, PageLegend, sizeLegendElement } from "./page_legend";
import { PagePanel } from "./page_panel";
import { spriteOf } from "./page_sprite";

/** Number of labels shown by default, and of search matches. */
const SAMPLED_LABELS = 60;
/** Number of rows tried in the order of their importance: of those, as many are shown as fit. */
const RANKED_LABELS = 2_000;
const NAMED_ROWS = 40;

export class SavedPage {
  readonly #host = make("div", { class: "picture" });
  readonly #picture: Picture;
  readonly #sprite: Sprite | null;
  readonly #card: PageCard;
  readonly #panel: PagePanel;
  readonly #bar: PageBar;
  readonly #legends: HTMLElement;
  readonly #legend: PageLegend | null;
  readonly #note = make("p", { class: "note small", role: "status", hidden: "" });
  readonly #label: Column | null;
  #theme: "light" | "dark";
  #dimensions: 2 | 3;
  #showLabels: boolean;
  /** The highlighted rows: initially the saved selection, then search results or a picked point. */
  #rows: Int32Array | null;
  /** The rows beside them, neighbors or matches, with their colors: only those that were saved. */
  #near: Pick<SavedView, "near" | "nearColors"> | null;
  /** The rows that pass the saved filters, until the user clears them. */
  #passing: Int32Array | null;
  #legendFilter: ValuesFilter | null;
  #filtered: Int32Array | null;
  readonly #classes = new Memo(namePageClasses);

  constructor(private readonly view: SavedView) {
    const { head, columns } = view;
    this.#label = findColumn(columns, head.labelColumn);
    [this.#theme, this.#dimensions, this.#showLabels] = [head.theme, head.dimensions, head.showLabels];
    [this.#rows, this.#near, this.#passing] = [view.selected, view.near && view, view.filtered];
    this.#legendFilter = head.legendFilter;
    this.#filtered = this.#filterAll();
    this.#sprite = spriteOf(view.sheets);
    this.#card = new PageCard(this.#sprite);
    this.#panel = new PagePanel({
      onPick: (row) => this.#select(row),
      onPoint: (row) => this.#picture.pointer.pointAt(row),
      onFly: () => this.#fly(),
      onClose: () => this.#clear(),
    });
    this.#bar = new PageBar(
      {
        onSearch: (text) => this.#search(text),
        onDimensions: (dimensions) => this.#show({ dimensions }),
        onLabels: (labels) => this.#show({ labels }),
        onReset: () => this.#reset(),
        onTheme: () => this.#show({ theme: this.#theme === "light" ? "dark" : "light" }),
      },
      { canTurn: view.z !== null },
    );
    this.#legend = this.#makeLegend();
    const sizes = head.sizeLegend && sizeLegendElement(head.sizeLegend);
    const density = head.style.density ? densityLegendElement() : null;
    this.#legends = make("div", { class: "legends" }, density, this.#legend?.element ?? null, sizes);
    const title = make("header", { class: "head" }, make("h1", { dir: "auto" }, head.title), make("p", {}, head.words));
    const main = make("main", {}, this.#host, this.#bar.element, this.#legends, this.#note);
    main.append(this.#card.element);
    document.body.append(title, main, this.#panel.element);
    showTheme(this.#theme);
    if (view.selected?.length === 1) this.#describe(view.selected[0]!);
    this.#picture = this.#makePicture();
    this.#listen();
  }

  #makeLegend(): PageLegend | null {
    const { head, columns } = this.view;
    if (head.legend === null) return null;
    const hasColumn = findColumn(columns, head.legend.column) !== null;
    return new PageLegend(head.legend, head.legendFilter, hasColumn, (filter) => this.#filter(filter));
  }

  #makePicture(): Picture {
    const { head, x, y, z, sizes, lines } = this.view;
    const picture = new Picture(this.#host, {
      onHover: (row, at) => this.#hover(row, at),
      onClick: (row) => (row === null ? this.#clear() : this.#select(row)),
      onPainted: () => {},
      onProblem: (problem) => {
        this.#note.hidden = problem === null;
        this.#note.textContent = problem === null ? "" : `${problem.message} ${problem.fix}`;
      },
      onCamera: () => {},
      onArea: () => {},
    });
    picture.set({
      ...{ count: head.rows, positions: { x, y, z }, sizes, lines, axisNames: head.axisNames },
      ...head.style,
      labelPoints: head.hasLabelPoints ? this.#labelPoints() : null,
      ...{ sprite: this.#sprite, showImages: this.#sprite !== null, covered: this.#covered() },
      ...this.#changing(),
    });
    const cameras = readCameras(head.camera);
    if (cameras?.flat) picture.camera.setCamera(2, cameras.flat, false);
    if (cameras?.solid) picture.camera.setCamera(3, cameras.solid, false);
    this.#bar.show({ dimensions: this.#dimensions, labels: this.#showLabels });
    this.#showColors();
    return picture;
  }

  #listen(): void {
    listenInPicture(this.#host, this.#picture, () => this.#dimensions);
    listenToKeys({
      "/": () => this.#bar.search.focus(),
      escape: () => this.#clear(),
      r: () => this.#reset(),
      f: () => this.#fly(),
      n: () => this.#show({ labels: !this.#showLabels }),
      d: () => this.view.z !== null && this.#show({ dimensions: this.#dimensions === 2 ? 3 : 2 }),
    });
  }

  // --- Display ---

  #show(change: { dimensions?: 2 | 3; labels?: boolean; theme?: "light" | "dark" }): void {
    this.#dimensions = change.dimensions ?? this.#dimensions;
    this.#showLabels = change.labels ?? this.#showLabels;
    this.#theme = change.theme ?? this.#theme;
    showTheme(this.#theme);
    this.#bar.show({ dimensions: this.#dimensions, labels: this.#showLabels });
    this.#picture.set(this.#changing());
  }

  #changing() {
    return {
      dimensions: this.#dimensions,
      theme: this.#theme,
      labels: this.#showLabels ? this.#labelOf : null,
      labelRows: this.#namedRows() ?? this.#sampleRows(),
      classes: this.#showLabels ? this.#classes.of(this.view, this.#filtered) : null,
      colors: this.#colors(),
      emphasis: this.#emphasis(),
    };
  }

  readonly #labelOf = (row: number) => (this.#label === null ? this.#nameOf(row) : (cellText(this.#label, row) ?? ""));

  #namedRows(): Int32Array | null {
    if (this.#rows === null) return null;
    const near = this.#near?.near?.subarray(0, NAMED_ROWS) ?? [];
    return Int32Array.of(...this.#rows.subarray(0, NAMED_ROWS), ...near);
  }

  #labelPoints() {
    const { labelRows, head } = this.view;
    return chooseLabelPoints(
      this.#labelOf,
      head.rows,
      (max) => labelRows?.subarray(0, max) ?? spreadRows(head.rows, max),
    );
  }

  /** The home view leaves room for the legend, whose height follows the window's. */
  #reset(): void {
    this.#picture.set({ covered: this.#covered() });
    this.#picture.camera.reset();
  }

  /** The corner of the window that the legends cover, with its distance from the edges. */
  #covered(): Corner | null {
    if (this.#legends.childElementCount === 0) return null;
    const { right, top } = this.#legends.getBoundingClientRect();
    return { width: right, height: innerHeight - top };
  }

  /** The most important of the points that are not filtered out, or some spread over all of these. */
  #sampleRows(): Int32Array {
    if (this.#sprite !== null) return new Int32Array(0); // Images identify points without labels.
    const { labelRows, head } = this.view;
    const filtered = this.#filtered;
    const ranked = filtered === null ? labelRows : labelRows?.filter((row) => isInRows(filtered, row));
    return ranked?.length ? ranked.slice(0, RANKED_LABELS) : sampleRows(filtered ?? head.rows);
  }

  /** Neighbors are colored by their distance. */
  #colors(): Uint8Array | null {
    const { colors, head } = this.view;
    const { near = null, nearColors = null } = this.#near ?? {};
    if (near === null || nearColors === null) return colors;
    return paintOver(colors, head.rows, readPointRgb(this.#host), near, nearColors);
  }

  #emphasis(): Uint8Array | null {
    return emphasisOf(
      {
        ...{ row: null, selection: this.#rows, neighbors: this.#near?.near ?? null, matches: null },
        filtered: this.#filtered,
      },
      () => new Uint8Array(this.view.head.rows),
    );
  }

  #nameOf(row: number): string {
    const text = this.#label === null ? null : cellText(this.#label, row);
    return text === null || text.trim() === "" ? this.#rowName(row) : text;
  }

  #rowName(row: number): string {
    return nameRow(this.view.rowNumbers?.[row] ?? row);
  }

  // --- User actions ---

  #hover(row: number | null, at: { x: number; y: number }): void {
    if (row === null) {
      this.#card.show(null, at);
      return;
    }
    const column = findColumn(this.view.columns, this.view.head.colorColumn);
    const isOther = column !== null && column !== this.#label;
    const value = isOther ? `${column.name}: ${cellText(column, row) ?? "no value"}` : this.#rowName(row);
    this.#card.show({ row, name: this.#nameOf(row), value }, at);
  }

  #select(row: number): void {
    this.#describe(row);
    this.#standOut(Int32Array.of(row));
  }

  #describe(row: number): void {
    const { columns, rowNumbers } = this.view;
    const fields = columns.map((column) => [column.name, cellText(column, row) ?? "no value"] as const);
    this.#panel.showPoint(this.#nameOf(row), [...fields, ["row", formatCount(rowNumbers?.[row] ?? row)]]);
  }

  #search(text: string): void {
    if (text === "") {
      this.#showNone();
      return;
    }
    const wanted = text.toLowerCase();
    const rows = findRows(this.view.columns, (cell) => cell.toLowerCase().includes(wanted));
    const many = plural(rows.length, "match", "matches");
    this.#panel.showRows(rows, rows.length === 0 ? `Nothing holds “${text}”` : `${many} of “${text}”`, (row) =>
      this.#nameOf(row),
    );
    this.#standOut(rows);
  }

  #filter(filter: ValuesFilter | null): void {
    this.#legendFilter = filter;
    this.#filtered = this.#filterAll();
    this.#picture.set(this.#changing());
  }

  /** The rows that pass the legend's filter and the saved ones; null: all. */
  #filterAll(): Int32Array | null {
    const { columns, head } = this.view;
    const [passing, filter] = [this.#passing, this.#legendFilter];
    if (filter === null) return passing;
    const rows = filterRows(columns, [filter], head.rows);
    return passing === null ? rows : intersectRows(rows, passing);
  }

  #standOut(rows: Int32Array | null): void {
    [this.#rows, this.#near] = [rows, null];
    this.#showColors();
    this.#picture.set(this.#changing());
  }

  /** Of a density, only the highlighted points have the legend's colors. */
  #showColors(): void {
    this.#legend?.showColors(!this.view.head.style.density || this.#rows !== null);
  }

  #fly(): void {
    const near = this.#near?.near ?? new Int32Array(0);
    const rows = this.#rows === null ? this.#filtered : combineRows(this.#rows, near, "add");
    if (rows !== null && rows.length > 0) this.#picture.camera.flyTo(rows);
  }

  /** Clears the highlighted points first, then the legend's filter, then the saved ones. */
  #clear(): void {
    if (this.#rows === null && this.#bar.search.value === "" && !this.#legend?.clear()) this.#clearPassing();
    this.#bar.emptySearch();
    this.#showNone();
  }

  #showNone(): void {
    this.#panel.hide();
    this.#standOut(null);
  }

  #clearPassing(): void {
    this.#passing = null;
    this.#filter(null);
  }
}

/** The classes whose names stand in the picture; null: none do. */
function namePageClasses({ head, columns }: SavedView, filtered: Int32Array | null): ClassNames | null {
  const { legend, nameColors, rows } = head;
  if (!nameColors || legend?.kind !== "categorical") return null;
  const column = findColumn(columns, legend.column);
  return column && nameClasses(classesOf(column), legend.categories, rows, filtered);
}

/** Rows spread evenly over a count, or over the given rows. */
function sampleRows(all: number | Int32Array): Int32Array {
  const rows = typeof all === "number" ? all : all.length;
  const count = Math.min(rows, SAMPLED_LABELS);
  const indices = Int32Array.from({ length: count }, (_, index) => Math.floor((index * rows) / count));
  return typeof all === "number" ? indices : indices.map((index) => all[index]!);
}
