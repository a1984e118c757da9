/**
 * A virtual list whose rows are points, given by `rows`: `choose` carries the point picked, `sign` one to add or
 * subtract, `point` the one under the pointer or at the arrow keys' position (null: none).
 */
import { customElement, property } from "lit/decorators.js";
import { pointRowStyles } from "./point_row";
import { VirtualList } from "./virtual_list";

export interface SignDetail {
  readonly row: number;
  readonly sign: 1 | -1;
}

@customElement("point-list")
export class PointList extends VirtualList {
  static override styles = [...VirtualList.styles, pointRowStyles];
  #rows: Int32Array = new Int32Array(0);

  get rows(): Int32Array {
    return this.#rows;
  }

  /** Goes to the top at once: a row revealed from now on is one of the new rows. */
  @property({ attribute: false })
  set rows(rows: Int32Array) {
    this.#rows = rows;
    this.count = rows.length;
    this.toTop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#emit("point", null);
  }

  protected override onPick(index: number, target: EventTarget | null): void {
    const sign = target instanceof HTMLElement ? target.dataset.sign : undefined;
    if (sign === undefined) this.#emit("choose", this.rows[index]!);
    else this.#emitSign(index, sign === "1" ? 1 : -1);
  }

  protected override onPoint(index: number | null): void {
    this.#emit("point", index === null ? null : (this.rows[index] ?? null));
  }

  protected override onKey(event: KeyboardEvent, index: number): void {
    const sign = ({ "+": 1, "=": 1, "-": -1, "−": -1 } as const)[event.key];
    if (sign === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // Outside of the list this key zooms.
    this.#emitSign(index, sign);
  }

  #emitSign(index: number, sign: 1 | -1): void {
    this.dispatchEvent(new CustomEvent<SignDetail>("sign", { detail: { row: this.rows[index]!, sign } }));
  }

  #emit(name: "choose" | "point", row: number | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail: row }));
  }
}
