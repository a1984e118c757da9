/** The keys that exist, in a dialog. */
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";

export const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["/"], "Search by text"],
  [["1", "…", "5"], "PCA, t-SNE, UMAP, custom axes, as is"],
  [["Space"], "Run, pause or resume the layout"],
  [["D"], "2-D or 3-D"],
  [["L"], "Labels on or off"],
  [["M"], "Images on or off"],
  [["R"], "Reset the view"],
  [["F"], "Fly to the selection, or to the matches"],
  [["Esc"], "Clear the selection and the search"],
  [["←", "→", "↑", "↓"], "Orbit or pan, with the picture in focus"],
  [["+", "−"], "Zoom, with the picture in focus"],
  [["Tab"], "Walk through the panels"],
  [["?"], "This list"],
];

@customElement("key-help")
export class KeyHelp extends LitElement {
  @property({ type: Boolean }) open = false;
  @query("dialog") private dialog!: HTMLDialogElement;

  static override styles = [
    controlStyles,
    css`
      dialog { width: 400px; padding: 0; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 28%); }
      header { display: flex; justify-content: space-between; align-items: center; padding: 12px 8px 8px 16px; }
      dl { display: grid; grid-template-columns: 108px 1fr; gap: 8px 12px; align-items: start; padding: 4px 16px 16px; }
      dt { display: flex; gap: 4px; }
    `,
  ];

  override render() {
    return html`<dialog aria-label="Keys" @close=${() => this.dispatchEvent(new CustomEvent("close"))}>
      <header><h2>Keys</h2><button class="icon" aria-label="Close" title="Close (Esc)" @click=${() => this.dialog.close()}>${icon("close")}</button></header>
      <dl>${KEYS.map(([keys, does]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd>`)}</dl>
    </dialog>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("open")) return;
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }
}
