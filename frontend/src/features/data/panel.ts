/** The vectors shown, and the columns used for names and colors of points. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { formatCount, plural } from "../../data/format";
import { leftOutWords } from "../../data/left_out";
import { choosableRuns, readingWords, type Shown, type Step } from "../../data/runs";
import type { State } from "../../state/state";
import { switchData } from "../../state/switch_data";
import "../../controls/failure_note";
import "./left_out";
import "./metadata_section";
import { runField } from "./run_field";
import "../../controls/select_field";
import { StoreElement } from "../../state/store_element";

@customElement("data-panel")
export class DataPanel extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: block; padding: 12px 16px; }
      .fields { display: grid; gap: var(--gap); margin-top: 8px; }
      hr { height: 1px; width: 100%; margin: 6px 0; border: 0; background: var(--line); }
      .facts { display: grid; grid-template-columns: 64px minmax(0, 1fr); gap: 2px 8px; margin: 8px 0 4px; }
      @media (max-height: 820px) { hr { margin: 2px 0; } .fields { margin-top: 4px; } .labels { display: none; } }
      failure-note { margin-top: 8px; }
    `,
  ];

  override render() {
    const shown = this.state.shown;
    return html`<h2>Data</h2>
      <div class="fields">
        ${runField(this.store, choosableRuns(this.state.runs), shown?.run.name ?? "")}
        ${this.#renderReading()}
        ${this.#renderEmbedding()}
        ${shown === null || leftOutWords(shown.run) === null ? nothing : html`<left-out-tensors .run=${shown.run}></left-out-tensors>`}
        ${this.#renderStep()}
        <hr />
        <slot></slot>
      </div>
      ${this.#renderMetadataState()}
      ${shown === null ? nothing : this.#renderFacts(shown)}
      <metadata-section .store=${this.store} .actions=${this.actions}></metadata-section>`;
  }

  #renderReading() {
    const words = readingWords(this.state.runs?.scan);
    return words === null ? nothing : html`<p class="small faint reading" role="status">${words}</p>`;
  }

  #renderEmbedding() {
    const embeddings = this.state.shown?.run.embeddings ?? [];
    return html`<select-field label="Tensor" .value=${this.state.shown?.embedding.name ?? ""}
      .options=${embeddings.map((embedding) => ({ value: embedding.name, text: embedding.name }))}
      @change=${(event: CustomEvent<string>) => this.store.set(switchData({ embedding: event.detail, step: null }))}></select-field>`;
  }

  /** Hidden if there is only one step. */
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

  /** In a low window the tooltip alone names the metadata: one row more, and the panel would scroll. */
  #renderFacts(shown: Shown) {
    const { step } = shown;
    const [rows, dims] = step.shape;
    const labels = metadataFile(this.state, shown);
    const files = labels === null ? step.file : `${step.file}\nLabels: ${labels}`;
    return html`<dl class="facts small">
      <dt class="faint">Shape</dt><dd title=${files}>${formatCount(rows)} × ${formatCount(dims)} ${step.dtype}</dd>
      <dt class="faint">Space</dt><dd>${spaceWords(this.state)}</dd>
      <dt class="faint file">File</dt><dd class="clip file" title=${files}>${step.file}</dd>
      ${
        labels === null
          ? html`<dt class="faint">Labels</dt><dd>no metadata file</dd>`
          : html`<dt class="faint labels">Labels</dt><dd class="clip labels" title=${labels}>${labels}</dd>`
      }</dl>`;
  }

  #renderMetadataState() {
    const failure = this.state.failures.metadata;
    if (failure !== undefined) {
      return html`<failure-note .failure=${failure} retry @retry=${() => this.actions.retry("metadata")}></failure-note>`;
    }
    const task = this.state.tasks.metadata;
    return task === undefined ? nothing : html`<p class="small faint">${task.words}…</p>`;
  }
}

/** The metadata's file, or that loaded in its place; null: there is none. */
function metadataFile({ metadataUpload, metadataFiles }: Readonly<State>, { embedding }: Shown): string | null {
  if (metadataUpload === null) return embedding.metadata?.file ?? null;
  return metadataFiles[metadataUpload] ?? "a file loaded here";
}

/** The space of all measurements, in words. */
function spaceWords({ spherize, metric, subset }: Readonly<State>): string {
  const words = `${spherize ? "spherized" : "as stored"}, ${metric}`;
  return subset === null ? words : `${words}, ${plural(subset.rows.length, "point")} isolated`;
}
