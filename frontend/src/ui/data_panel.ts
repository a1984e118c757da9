/** Which vectors are shown, and by which columns points are named and colored. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount, plural } from "../data/format";
import type { Embedding, Step } from "../data/runs";
import { colorColumn, columnsOf, labelColumn } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import "./failure_note";
import "./select_field";
import type { Option } from "./select_field";
import { StoreElement } from "./store_element";

const NONE: Option = { value: "", text: "None" };

@customElement("data-panel")
export class DataPanel extends StoreElement {
  protected override readonly watched = [
    "runs",
    "shown",
    "metadata",
    "labelBy",
    "colorBy",
    "failures",
    "tasks",
  ] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: block; padding: 12px 16px 16px; }
      .fields { display: grid; gap: 6px; margin-top: 8px; }
      hr { height: 1px; width: 100%; margin: 6px 0; border: 0; background: var(--line); }
      .facts { margin-top: 12px; overflow-wrap: anywhere; }
      failure-note { margin-top: 8px; }
    `,
  ];

  override render() {
    const shown = this.state.shown;
    return html`<h2>Data</h2>
      <div class="fields">
        ${this.#renderRun()} ${this.#renderEmbedding()} ${this.#renderStep()}
        <hr />
        ${this.#renderColumns()}
      </div>
      ${this.#renderMetadataState()}
      ${shown === null ? nothing : html`<p class="facts small faint">${facts(shown.embedding, shown.step)}</p>`}`;
  }

  #renderRun() {
    const runs = (this.state.runs?.runs ?? []).filter((run) => run.embeddings.length > 0);
    return html`<select-field label="Run" .value=${this.state.shown?.run.name ?? ""}
      .options=${runs.map((run) => ({ value: run.name, text: run.name === "." ? ". (the logdir itself)" : run.name }))}
      @change=${(event: CustomEvent<string>) => this.#choose({ run: event.detail, embedding: null, step: null })}></select-field>`;
  }

  #renderEmbedding() {
    const embeddings = this.state.shown?.run.embeddings ?? [];
    return html`<select-field label="Tensor" .value=${this.state.shown?.embedding.name ?? ""}
      .options=${embeddings.map((embedding) => ({ value: embedding.name, text: embedding.name }))}
      @change=${(event: CustomEvent<string>) => this.#choose({ embedding: event.detail, step: null })}></select-field>`;
  }

  /** Nothing to choose from where there is one step only. */
  #renderStep() {
    const steps = this.state.shown?.embedding.steps ?? [];
    if (steps.length < 2) return nothing;
    const newest = steps.at(-1);
    const text = (step: Step) =>
      `${step.step === null ? "no number" : formatCount(step.step)}${step === newest ? " (newest)" : ""}`;
    return html`<select-field label="Step" .value=${String(this.state.shown?.step.step)}
      .options=${steps.map((step) => ({ value: String(step.step), text: text(step) }))}
      @change=${(event: CustomEvent<string>) => this.store.set({ step: event.detail === "null" ? null : Number(event.detail) })}></select-field>`;
  }

  #renderColumns() {
    const columns = columnsOf(this.state);
    const options = columns.map((column) => ({ value: column.name, text: column.name }));
    const isEmpty = columns.length === 0;
    return html`<select-field label="Label by" .disabled=${isEmpty} .value=${labelColumn(this.state)?.name ?? ""}
        .options=${isEmpty ? [{ value: "", text: "Row number" }] : options}
        @change=${(event: CustomEvent<string>) => this.store.set({ labelBy: event.detail })}></select-field>
      <select-field label="Color by" .disabled=${isEmpty} .value=${colorColumn(this.state)?.name ?? ""}
        .options=${[NONE, ...options]}
        @change=${(event: CustomEvent<string>) => this.store.set({ colorBy: event.detail })}></select-field>`;
  }

  #renderMetadataState() {
    const failure = this.state.failures.metadata;
    if (failure !== undefined) {
      return html`<failure-note .failure=${failure} retry @retry=${() => this.actions.retry("metadata")}></failure-note>`;
    }
    const task = this.state.tasks.metadata;
    return task === undefined ? nothing : html`<p class="small faint">${task.words}…</p>`;
  }

  /** Names of columns and the selected row belong to the data that was shown before. */
  #choose(patch: Partial<State>): void {
    this.store.set({ ...patch, labelBy: null, colorBy: null, searchIn: null, row: null, query: "" });
  }
}

function facts(embedding: Embedding, step: Step): string {
  const [rows, dims] = step.shape;
  return `${plural(rows, "point")}, ${plural(dims, "dimension")}, ${step.dtype}, as stored in ${step.file}${
    embedding.metadata === null ? "; no metadata" : ""
  }`;
}
