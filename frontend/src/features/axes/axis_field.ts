/** Editor of one custom axis: its kind and its two ends. `change` carries the resulting axis. */

import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import {
  type AxisChoice,
  type AxisCount,
  type AxisCounts,
  type AxisSearch,
  countOf,
  emptyAxis,
  isSameAxis,
} from "../../data/axes";
import { formatCount, plural } from "../../data/format";
import { availableComponents, columnsOf, isMetadataComing, labelColumn, pointName } from "../../state/derived";
import { selectedRows, selectionOrigin } from "../../state/selected_rows";
import { SEED } from "../layout/fields";

import "./axis_search";
import { controlStyles } from "../../controls/control_styles";
import { withAll } from "../../controls/option";
import "../../controls/select_field";
import { StoreElement } from "../../state/store_element";
import "../../controls/whole_field";

type Kind = AxisChoice["kind"];
type Chosen<K extends Kind> = Extract<AxisChoice, { kind: K }>;
type End = "add" | "subtract";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["searches", "Searches"],
  ["selections", "Selections"],
  ["points", "Points"],
  ["pca", "PCA"],
  ["random", "Random"],
];
const NAMES = ["X", "Y", "Z"];
/** The ends of an axis, in its direction: from the left (or bottom) to the right (or top). */
const ENDS: readonly (readonly [End, string])[] = [
  ["subtract", "from"],
  ["add", "to"],
];
const ALL = "";

@customElement("axis-field")
export class AxisField extends StoreElement {
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) axis!: AxisChoice;
  @property({ attribute: false }) counts: AxisCounts | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; gap: 4px; }
      @media (max-height: 820px) { :host { gap: 2px; } }
      .head { display: grid; grid-template-columns: 12px minmax(0, 1fr) minmax(0, 1fr); gap: 8px; align-items: center; }
      .head.single { grid-template-columns: 12px minmax(0, 1fr); }
      .axis { color: var(--accent); font-weight: 600; }
      .end { display: grid; grid-template-columns: 32px minmax(0, 1fr) auto; gap: 4px; align-items: center; padding-left: 20px; min-height: var(--control); }
      /* The words come after a second: at every key they would move the field. */
      .late { animation: late 1s step-end; }
      @keyframes late { from { font-size: 0; } }
      .bad { color: var(--error); padding-left: 56px; }
      .left { color: var(--warning); padding-left: 56px; }
      select { width: 100%; }
    `,
  ];

  override render() {
    const { axis } = this;
    const beside = this.#renderBeside(axis);
    return html`<div class="head ${beside === nothing ? "single" : ""}"><span class="axis">${NAMES[this.index]}</span>
        <select aria-label="What axis ${NAMES[this.index]} is made of" @change=${this.#chooseKind}>
          ${KINDS.map(([kind, text]) => html`<option value=${kind} .selected=${kind === axis.kind}>${text}</option>`)}
        </select>${beside}</div>
      ${axis.kind === "searches" ? ENDS.map(([end, word]) => this.#renderSearch(axis, end, word)) : nothing}
      ${axis.kind === "selections" || axis.kind === "points" ? ENDS.map(([end, word]) => this.#renderChosen(axis, end, word)) : nothing}`;
  }

  #chooseKind(event: Event): void {
    event.stopPropagation();
    this.#emit(emptyAxis((event.target as HTMLSelectElement).value as Kind));
  }

  #emit(axis: AxisChoice): void {
    this.dispatchEvent(new CustomEvent("change", { detail: axis }));
  }

  /** The controls that fit next to the kind, for kinds with a single parameter. */
  #renderBeside(axis: AxisChoice) {
    if (axis.kind === "pca") return this.#renderComponents(axis);
    if (axis.kind === "searches") return this.#renderColumns(axis);
    if (axis.kind !== "random") return nothing;
    return html`<whole-field bare label="Seed of axis ${NAMES[this.index]}" hint="The same seed gives the same direction" .value=${axis.seed} .max=${SEED.max}
      @change=${(event: CustomEvent<number>) => this.#emit({ kind: "random", seed: event.detail })}></whole-field>`;
  }

  #renderComponents(axis: Chosen<"pca">) {
    const components = Array.from({ length: availableComponents(this.state) }, (_, component) => component);
    return html`<select aria-label="Component of axis ${NAMES[this.index]}"
      @change=${(event: Event) => this.#emit({ kind: "pca", component: Number((event.target as HTMLSelectElement).value) })}>
      ${components.map((one) => html`<option value=${one} .selected=${one === axis.component}>Component ${one + 1}</option>`)}</select>`;
  }

  #renderColumns(axis: Chosen<"searches">) {
    const columns = columnsOf(this.state);
    if (columns.length === 0) {
      const words = isMetadataComing(this.state) ? "reading the labels…" : "no labels to search in";
      return html`<span class="small faint">${words}</span>`;
    }
    const value = axis.add.column ?? labelColumn(this.state)?.name ?? ALL;
    const choose = ({ detail: column }: CustomEvent<string>) =>
      this.#emit({ ...axis, add: { ...axis.add, column }, subtract: { ...axis.subtract, column } });
    const options = columns.map(({ name }) => ({ value: name, text: `in ${name}` }));
    return html`<select-field bare label="Column that axis ${NAMES[this.index]} searches in" .value=${value}
      .options=${withAll(options, { value: ALL, text: "in all columns" })} @change=${choose}></select-field>`;
  }

  #renderSearch(axis: Chosen<"searches">, end: End, word: string) {
    const search = axis[end];
    const count = countOf(this.counts?.[end], search);
    return html`<div class="end"><span class="soft">${word}</span>
        <axis-search label="Axis ${NAMES[this.index]}, ${word}" .search=${search} placeholder=${end === "add" ? "search" : "all points"}
          @change=${(event: CustomEvent<AxisSearch>) => this.#emit({ ...axis, [end]: event.detail })}></axis-search>
        <span class="small faint" role="status" title="Points that match">${search.text === "" ? nothing : this.#renderCount(count)}</span></div>
      ${search.text === "" || count === null ? nothing : renderBad(count)}
      ${this.#renderLeftOut(end, search.text === "" ? 0 : (count?.rows ?? 0))}`;
  }

  #renderCount(count: AxisCount | null) {
    if (count !== null) return count.rows === null ? nothing : formatCount(count.rows);
    return columnsOf(this.state).length === 0 ? nothing : html`<span class="late">searching</span>…`;
  }

  #renderChosen(axis: Chosen<"selections"> | Chosen<"points">, end: End, word: string) {
    const [chosen, suggestion] = axis.kind === "points" ? this.#point(axis, end) : this.#selection(axis, end);
    return html`<div class="end"><span class="soft">${word}</span>
      <span class="clip ${chosen === null ? "faint" : ""}">${chosen ?? (end === "add" ? "nothing yet" : "mean of all points")}</span>
      <button class="link small" ?disabled=${suggestion === null} title=${suggestion?.title ?? "Select points or search first"}
        @click=${() => suggestion && this.#emit(suggestion.make())}>Take</button></div>
      ${axis.kind === "selections" ? this.#renderLeftOut(end, axis[end].length) : nothing}`;
  }

  /** The server averages fewer than the `rows` of this end where some are not finite. */
  #renderLeftOut(end: End, rows: number) {
    const { axes, found } = this.state.projectedAxes ?? { axes: [], found: [] };
    const [projected, means] = [axes[this.index], found[this.index]];
    if (!projected || !means || !isSameAxis(projected, this.axis)) return nothing;
    const left = rows - (means[end === "add" ? "added" : "subtracted"] ?? rows);
    if (left <= 0) return nothing;
    const hold = left === 1 ? "1 row holds" : `${formatCount(left)} rows hold`;
    return html`<p class="left small">The mean of ${formatCount(rows - left)} of ${formatCount(rows)}: ${hold} NaN or infinity.</p>`;
  }

  #point(axis: Chosen<"points">, end: End) {
    const { row } = this.state;
    const chosen = axis[end] === null ? null : pointName(this.state, axis[end]);
    const suggestion =
      row === null
        ? null
        : { title: `Take «${pointName(this.state, row)}», the selected point`, make: () => ({ ...axis, [end]: row }) };
    return [chosen, suggestion] as const;
  }

  /** The selection, however it was made. Its rows are copied on demand only: there may be a million. */
  #selection(axis: Chosen<"selections">, end: End) {
    const chosen = axis[end].length === 0 ? null : plural(axis[end].length, "point");
    const rows = selectedRows(this.state);
    if (rows.length === 0) return [chosen, null] as const;
    const title = `Take ${plural(rows.length, "point")}: ${selectionOrigin(this.state)}`;
    return [chosen, { title, make: () => ({ ...axis, [end]: Array.from(rows) }) }] as const;
  }
}

function renderBad({ search, rows, failure }: AxisCount) {
  if (failure !== null) return html`<p class="bad small" role="alert">${failure.message} ${failure.fix}</p>`;
  return rows === 0 ? html`<p class="bad small" role="alert">Nothing matches «${search.text}».</p>` : nothing;
}
