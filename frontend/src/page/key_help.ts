/** A dialog of all keys: those of commands, and those of focused elements. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import { keyCaps } from "../controls/key_caps";
import type { CommandGroup, ElementKeys } from "../state/command";
import { StoreElement } from "../state/store_element";

@customElement("key-help")
export class KeyHelp extends StoreElement {
  @query("dialog") private dialog!: HTMLDialogElement;

  static override styles = [
    controlStyles,
    css`
      dialog { width: min(860px, calc(100vw - 32px)); max-height: calc(100vh - 32px); padding: 0; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow); overflow: auto; }
      dialog::backdrop { background: rgb(0 0 0 / 28%); }
      header { display: flex; justify-content: space-between; align-items: center; padding: 12px 8px 4px 20px; }
      .groups { columns: 3 240px; column-gap: 28px; padding: 4px 20px 20px; }
      section { break-inside: avoid; padding-bottom: 16px; }
      h3 { padding-bottom: 4px; color: var(--text-soft); }
      dl { display: grid; grid-template-columns: 1fr auto; gap: 6px 12px; align-items: start; }
      dd { display: flex; gap: 4px; justify-content: flex-end; white-space: nowrap; }
    `,
  ];

  override render() {
    if (!this.state.helpOpen) return nothing;
    return html`<dialog aria-label="Keys" @close=${() => this.store.set({ helpOpen: false })}>
      <header><h2>Keys</h2><button class="icon" aria-label="Close" title="Close (Esc)" @click=${() => this.dialog.close()}>${icon("close")}</button></header>
      <div class="groups">${this.actions.commands().map(renderGroup)}</div>
    </dialog>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.state.helpOpen && !this.dialog.open) this.dialog.showModal();
  }
}

function renderGroup({ name, commands, elementKeys = [] }: CommandGroup) {
  const lines: readonly ElementKeys[] = [...commands.filter(({ keys }) => keys.length > 0), ...elementKeys];
  if (lines.length === 0) return nothing;
  return html`<section><h3>${name}</h3>
    <dl>${lines.map(({ keys, words }) => html`<dt>${words}</dt><dd>${keys.map(keyCaps)}</dd>`)}</dl>
  </section>`;
}
