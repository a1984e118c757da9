/** Undo and redo; what they would undo is in their tooltips. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { StoreElement } from "../../state/store_element";
import { toolStyles } from "../../controls/tool_styles";

@customElement("history-buttons")
export class HistoryButtons extends StoreElement {
  static override styles = [controlStyles, toolStyles];

  override render() {
    const { canUndo, canRedo, undoWords, redoWords } = this.state;
    return html`${this.#button("undo", "Undo", "Ctrl Z", canUndo, undoWords)}
      ${this.#button("redo", "Redo", "Shift Ctrl Z", canRedo, redoWords)}`;
  }

  #button(action: "undo" | "redo", name: string, key: string, isThere: boolean, words: string) {
    const title = isThere ? `${name}: ${words} (${key})` : `Nothing to ${action} (${key})`;
    return html`<button class="icon" ?disabled=${!isThere} title=${title} aria-label=${isThere ? `${name}: ${words}` : name}
      @click=${() => this.actions[action]()}>${icon(action)}</button>`;
  }
}
