/** The area being drawn under the pointer: searches it for points, one slice per frame, and reports them. */

import { type Combine, combineBy, intersectRows } from "../data/row_sets";
import type { Search } from "../math/areas";
import type { Columns } from "../math/bounds";
import type { ScreenProjection } from "../math/screen_projection";
import { TOOLS, type ToolName } from "./tools";
import type { Area, PickedPoint } from "./tools/tool";

export interface AreaEvent {
  readonly tool: ToolName;
  readonly rows: Int32Array;
  /** Shift adds, Alt subtracts. */
  readonly combine: Combine;
  readonly phase: "drawing" | "done" | "canceled";
}

/** Keys held with a pointer or with another key. */
export type Modifiers = Parameters<typeof combineBy>[0];

/** Current positions of the points. */
interface Drawable {
  readonly columns: Columns;
  readonly count: number;
  /** Rows that an area can select, in ascending order; null: all. */
  readonly selectable: Int32Array | null;
  /** Data units per px at clip w 1. */
  readonly unitsPerPx: number;
  makeProjector(): ScreenProjection;
}

const NONE = new Int32Array(0);
/** Search budget per frame: the outline keeps following the pointer. */
const FRAME_MS = 12;

export class AreaDrawing {
  #tool: ToolName = "pan";
  #area: Area | null = null;
  #rows: Int32Array = NONE;
  #combine: Combine = "replace";
  #isNew = false;
  #isEnding = false;
  #search: Search | null = null;

  constructor(
    private readonly read: () => Drawable | null,
    private readonly pick: (x: number, y: number) => number | null,
    private readonly emit: (event: AreaEvent) => void,
  ) {}

  get isActive(): boolean {
    return this.#area !== null;
  }

  /** Whether the tool can start an area here. */
  canStart(tool: ToolName, x: number, y: number): boolean {
    return this.#begin(tool, x, y) !== null;
  }

  start(tool: ToolName, x: number, y: number): void {
    while (this.#isEnding && this.#area !== null) this.searchInFrame(); // The previous area is reported in full.
    this.#isEnding = false;
    this.#rows = NONE;
    this.#tool = tool;
    this.#area = this.#begin(tool, x, y);
  }

  #begin(tool: ToolName, x: number, y: number): Area | null {
    return TOOLS[tool].begin(x, y, () => this.#locate(this.pick(x, y)));
  }

  #locate(row: number | null): PickedPoint | null {
    const at = row === null ? undefined : this.read()?.makeProjector().project(row);
    return row === null || at === undefined ? null : { row, x: at.x, y: at.y, w: at.w };
  }

  move(x: number, y: number, event: Modifiers): void {
    this.#combine = combineBy(event);
    this.#area?.goTo(x, y);
    this.#isNew = true;
  }

  /** Searches the area within a frame's budget; true if there was anything to search. */
  searchInFrame(): boolean {
    if (this.#area === null || !this.isBusy) return false;
    const isFound = this.#searchUntil(performance.now() + FRAME_MS);
    const isOver = this.#isEnding && !this.isBusy;
    if (isFound || isOver) this.#report(isOver ? "done" : "drawing");
    if (isOver) this.#area = null;
    return true;
  }

  /** The points in the area are not known yet. */
  get isBusy(): boolean {
    return this.#area !== null && (this.#isNew || this.#search !== null);
  }

  /** The area is final; its points are reported once known. */
  end(): void {
    if (this.#area === null) return;
    this.#isEnding = true;
    this.#isNew ||= this.#search === null; // At least one report is due.
    this.searchInFrame();
  }

  cancel(): void {
    if (this.#area === null) return;
    this.#report("canceled");
    this.#area = this.#search = null;
  }

  /** Searches until `untilMs`; while the area grows, at most one search is completed. True if any was. */
  #searchUntil(untilMs: number): boolean {
    let isFound = false;
    while (this.isBusy && (!isFound || this.#isEnding) && performance.now() < untilMs) {
      this.#search ??= this.#beginSearch();
      const { done, value } = this.#search.next();
      if (done !== true) continue;
      const selectable = this.read()?.selectable ?? null;
      this.#rows = selectable === null ? value : intersectRows(value, selectable);
      [this.#search, isFound] = [null, true];
    }
    return isFound;
  }

  #beginSearch(): Search {
    this.#isNew = false;
    const points = this.read();
    if (this.#area === null || points === null) return noRows();
    return this.#area.search({ ...points, projector: points.makeProjector() });
  }

  #report(phase: AreaEvent["phase"]): void {
    if (this.#area === null) return;
    this.emit({ tool: this.#tool, rows: this.#rows, combine: this.#combine, phase });
  }

  /** The outline, and the number of points inside. */
  get shown(): { area: Area; words: string } | null {
    if (this.#area === null) return null;
    const sign = { replace: "", add: "+", subtract: "−" }[this.#combine];
    return { area: this.#area, words: `${sign}${this.#rows.length.toLocaleString("en-US")}` };
  }
}

/** biome-ignore lint/correctness/useYield: a search of nothing has no steps */
function* noRows(): Search {
  return NONE;
}
