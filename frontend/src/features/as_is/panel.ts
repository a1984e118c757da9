/** «As is»: which dimension or numeric column each axis shows; drawn as soon as it is chosen. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import type { AsIsAxis } from "../../data/as_is";
import { columnsOf } from "../../state/derived";
import "../../controls/failure_note";
import { layoutStyles } from "../../controls/form_styles";
import { StoreElement } from "../../state/store_element";
import "../../controls/task_progress";
import "../../controls/whole_field";

const NAMES = ["X", "Y", "Z"];
const DIMENSION = "dimension";
/** Prefix of column names: a column may be called «dimension». */
const COLUMN = "column ";

@customElement("as-is-controls")
export class AsIsControls extends StoreElement {
  static override styles = [
    controlStyles,
    layoutStyles,
    css`
      .axis { display: grid; grid-template-columns: 12px minmax(0, 1fr) 64px; gap: 8px; align-items: center; }
      .axis.column { grid-template-columns: 12px minmax(0, 1fr); }
      .axis > span { color: var(--accent); font-weight: 600; }
      select { width: 100%; }
    `,
  ];

  override render() {
    const { asIs, dimensions, tasks, failures } = this.state;
    const max = this.state.shown?.step.shape[1] ?? 1;
    return html`<div class="fields">${asIs.slice(0, Math.min(dimensions, Math.max(2, max))).map((axis, index) => this.#renderAxis(axis, index, max))}</div>
      <p class="small faint">Nothing is computed: the numbers themselves, dimensions counted from 0 to ${max - 1}.</p>
      ${tasks.dimensions === undefined ? nothing : html`<task-progress class="small" .task=${tasks.dimensions} @cancel=${() => this.actions.cancel("dimensions")}></task-progress>`}
      ${failures.dimensions === undefined ? nothing : html`<failure-note .failure=${failures.dimensions} retry @retry=${() => this.actions.retry("dimensions")}></failure-note>`}`;
  }

  #renderAxis(axis: AsIsAxis, index: number, dims: number) {
    const columns = columnsOf(this.state).filter((column) => column.kind !== "text");
    const isColumn = axis.kind === "column";
    return html`<div class="axis ${axis.kind}"><span>${NAMES[index]}</span>
      <select aria-label="What stands on axis ${NAMES[index]}" @change=${(event: Event) => this.#chooseKind(index, (event.target as HTMLSelectElement).value)}>
        <option value=${DIMENSION} .selected=${!isColumn}>Dimension</option>
        ${columns.map(({ name }) => html`<option value=${COLUMN + name} .selected=${isColumn && axis.column === name}>${name}</option>`)}
      </select>
      ${
        isColumn
          ? nothing
          : html`<whole-field bare label="Dimension on axis ${NAMES[index]}" .value=${axis.dimension} .max=${dims - 1}
        @change=${(event: CustomEvent<number>) => this.#choose(index, { kind: "dimension", dimension: event.detail })}></whole-field>`
      }</div>`;
  }

  #chooseKind(index: number, value: string): void {
    const max = (this.state.shown?.step.shape[1] ?? 1) - 1;
    const isDimension = value === DIMENSION;
    const column = value.slice(COLUMN.length);
    this.#choose(
      index,
      isDimension ? { kind: "dimension", dimension: Math.min(index, max) } : { kind: "column", column },
    );
  }

  #choose(index: number, axis: AsIsAxis): void {
    const [x, y, z] = this.state.asIs.map((old, at) => (at === index ? axis : old));
    this.store.set({ asIs: [x!, y!, z!] });
  }
}
