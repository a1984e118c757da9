/** «king − man + woman»: the terms, which can be flipped or removed, and a field for more of them. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { suggestLabels } from "../../data/labels";
import { type Term, typedWord } from "../../data/terms";
import { labelColumn, pointName } from "../../state/derived";
import { StoreElement } from "../../state/store_element";

/** Maximum length of a suggested label: longer ones are not words. */
const MAX_SUGGESTED_CHARS = 80;
const MAX_SUGGESTIONS = 12;

@customElement("sum-section")
export class SumSection extends StoreElement {
  @query("input[type=text]") private input!: HTMLInputElement;
  /** The expression completed with each of the labels that begin with the word being typed. */
  @state() private suggestions: readonly string[] = [];

  static override styles = [
    controlStyles,
    css`
      :host { display: block; flex: none; }
      section { padding: 8px 8px 10px 16px; border-top: 1px solid var(--line); display: grid; gap: 6px; }
      header { display: flex; align-items: center; gap: 8px; }
      header h3 { flex: 1; }
      header label { display: flex; align-items: center; gap: 6px; cursor: pointer; }
      input[type="checkbox"] { accent-color: var(--accent); margin: 0; }
      .expression { display: flex; flex-wrap: wrap; gap: 4px; max-height: 92px; overflow: auto; margin-right: 8px; padding: 3px; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--field); scrollbar-width: thin; }
      .expression:focus-within { border-color: var(--accent); }
      .term { display: inline-flex; align-items: center; max-width: 100%; height: 24px; border-radius: 4px; background: var(--accent-soft); }
      .term.minus { background: var(--hover); }
      .term button { min-height: 24px; height: 24px; padding: 0 5px; border: 0; background: none; border-radius: 4px; }
      .term button:hover { background: var(--hover); }
      .term .sign { min-width: 22px; font-size: 15px; color: var(--accent); font-weight: 600; }
      .term.minus .sign { color: var(--text-soft); }
      .term .name { display: block; padding: 0 1px; max-width: 150px; }
      .term svg { width: 12px; height: 12px; color: var(--text-faint); }
      input[type="text"] { flex: 1 1 90px; height: 24px; padding: 0 6px; border: 0; background: none; }
      input[type="text"]:focus-visible { outline: none; }
      .note { margin-right: 8px; color: var(--warning); overflow-wrap: anywhere; }
    `,
  ];

  override focus(): void {
    this.input.focus();
  }

  override render() {
    const { terms, termsNote } = this.state;
    const clear = this.actions.commandOf("clear-sum");
    return html`<section aria-label="Sum of points">
      <header><h3 title="Add and subtract points: the list shows what is nearest to the sum of their vectors">Vector arithmetic</h3>${this.#renderNormalize()}
        <button class="icon" aria-label=${clear.words} title=${this.commandTip("clear-sum")} .disabled=${terms.length === 0}
          @click=${() => clear.run()}>${icon("close")}</button></header>
      <div class="expression" role="group" aria-label="Expression" @click=${this.#focusField}>${terms.map((term, index) => this.#renderTerm(term, index))}
        <input type="text" aria-label="Add points by their labels" placeholder=${terms.length === 0 ? "king − man + woman" : "+ word, − word"}
          title="${this.commandTip("type-sum")}. Words that are labels, with + and − between spaces; Enter adds them" spellcheck="false" autocomplete="off" list="suggestions"
          aria-invalid=${termsNote !== null} @keydown=${this.#key} @input=${this.#suggest} />
        <datalist id="suggestions">${this.suggestions.map((text) => html`<option value=${text}></option>`)}</datalist></div>
      ${termsNote === null ? nothing : html`<p class="note small" role="status">${termsNote}</p>`}
    </section>`;
  }

  #renderNormalize() {
    const { normalizeTerms } = this.state;
    return html`<label class="small soft" title="Scales each term to length one before it counts, so that long vectors do not outweigh short ones">
      <input type="checkbox" .checked=${normalizeTerms} @change=${() => this.store.set({ normalizeTerms: !normalizeTerms })} />Normalize</label>`;
  }

  #renderTerm({ row, sign }: Term, index: number) {
    const name = pointName(this.state, row);
    const [now, then] = sign === 1 ? ["added", "subtract"] : ["subtracted", "add"];
    return html`<span class="term ${sign === 1 ? "" : "minus"}">
      <button class="sign" aria-label="${name} is ${now}: ${then} it instead" title="${then === "add" ? "Add" : "Subtract"} it instead"
        @click=${() => this.actions.flipTerm(index)}>${sign === 1 ? "+" : "−"}</button>
      <button class="name clip" title="Select ${name}" @click=${() => this.actions.select(row)}>${name}</button>
      <button aria-label="Take ${name} out" title="Take it out" @click=${() => this.actions.removeTerm(index)}>${icon("close")}</button></span>`;
  }

  /** A press beside the terms focuses the field. */
  #focusField(event: Event): void {
    if (event.target === event.currentTarget) this.input.focus();
  }

  #suggest(): void {
    const column = labelColumn(this.state);
    const { before, word } = typedWord(this.input.value);
    const labels = column === null ? [] : suggestLabels(column, word, MAX_SUGGESTIONS);
    this.suggestions = labels.filter((label) => label.length <= MAX_SUGGESTED_CHARS).map((label) => before + label);
  }

  #key(event: KeyboardEvent): void {
    const { terms } = this.state;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.actions.typeTerms(this.input.value)) this.input.value = "";
    } else if (event.key === "Backspace" && this.input.value === "" && terms.length > 0) {
      this.actions.removeTerm(terms.length - 1);
    } else if (event.key === "Escape") {
      event.stopPropagation(); // Outside of the field this key clears the selection.
      if (this.input.value === "") this.input.blur();
      this.input.value = "";
    }
  }
}
