/** Loads metadata from a local file, and downloads the current metadata. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { plural } from "../../data/format";
import { editsElsewhere, hasUnsavedTags, placeOf, unsavedWords } from "../../data/tensor_edits";
import { columnsOf } from "../../state/derived";
import "../../controls/failure_note";
import { icon } from "../../controls/icons";
import { StoreElement } from "../../state/store_element";
import { switchData } from "../../state/switch_data";

@customElement("metadata-section")
export class MetadataSection extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: grid; gap: 4px; }
      .does { display: flex; flex-wrap: wrap; gap: 4px; margin: 0 -7px; }
      .does button { min-height: 24px; padding: 0 6px; }
      .note { display: flex; justify-content: space-between; gap: 8px; align-items: start; overflow-wrap: anywhere; }
    `,
  ];

  override render() {
    const { uploadNote, tags, savedTags } = this.state;
    const where =
      tags === savedTags ? "saved in a file" : "in this page only: save the metadata or a bookmark to keep them";
    return html`${this.#renderButtons()}
      ${this.#renderTask()} ${this.#renderFailure()}
      ${
        uploadNote === null
          ? nothing
          : html`<p class="note small soft"><span role="status">${uploadNote}</span>
        <button class="icon" aria-label="Close the note" title="Close" @click=${() => this.store.set({ uploadNote: null })}>${icon("close")}</button></p>`
      }
      ${this.#renderSource()}
      ${tags.length === 0 ? nothing : html`<p class="small faint">${plural(tags.length, "tag")} of yours, ${where}.</p>`}
      ${this.#renderElsewhere()}`;
  }

  /** In one row: the panel has no room for a verb on each. */
  #renderButtons() {
    const { shown } = this.state;
    const hasColumns = columnsOf(this.state).length > 0;
    return html`<div class="does">
        <button class="quiet" title="Open a file with vectors: TSV, CSV or .npy; it can be dropped onto the page, too" aria-label="Open vectors" @click=${() => this.actions.openVectors(null)}>${shown === null ? html`${icon("open")} Open vectors` : "Vectors…"}</button>
        ${shown === null ? nothing : html`<button class="quiet" title="Load metadata from a TSV or CSV file, a line for each point" aria-label="Load metadata" @click=${() => this.actions.loadMetadata(null)}>Metadata…</button>`}
        ${hasColumns ? html`<button class="icon" title="Save metadata: all columns, tags included, as a TSV file" aria-label="Save metadata" @click=${() => this.actions.downloadMetadata()}>${icon("download")}</button>` : nothing}
      </div>`;
  }

  /** Unsaved tags on tensors that are not shown. */
  #renderElsewhere() {
    const { tensorEdits, shown, runs } = this.state;
    const unsaved = editsElsewhere(tensorEdits, shown).filter(hasUnsavedTags);
    if (unsaved.length === 0) return nothing;
    const last = unsaved.at(-1)!;
    const place = placeOf(last, runs);
    return html`<p class="note small soft"><span title=${unsaved.map(({ run, embedding }) => `${run} · ${embedding}`).join("\n")}>${unsavedWords(unsaved)}</span>
      ${place === null ? nothing : html`<button class="link" aria-label="Show ${last.embedding}" @click=${() => this.store.set(switchData(place))}>Show</button>`}</p>`;
  }

  #renderTask() {
    const task = this.state.tasks.upload;
    if (task === undefined) return nothing;
    return html`<p class="note small soft"><span role="status">${task.words}…</span>
      <button class="link" @click=${() => this.actions.cancel("upload")}>Cancel</button></p>`;
  }

  #renderFailure() {
    const { upload } = this.state.failures;
    return upload === undefined ? nothing : html`<failure-note .failure=${upload}></failure-note>`;
  }

  #renderSource() {
    const { metadataUpload, metadataFiles } = this.state;
    if (metadataUpload === null) return nothing;
    const file = metadataFiles[metadataUpload];
    return html`<p class="note small soft"><span>Metadata is from ${file === undefined ? "a file" : `${file},`} loaded here.</span>
      <button class="link" @click=${() => this.actions.forgetMetadata()}>Use the run's own</button></p>`;
  }
}
