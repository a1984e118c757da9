/** Undo and redo buttons; their tooltips describe the step. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { toolStyles } from "../../controls/tool_styles";
import { StoreElement } from "../../state/store_element";

@customElement("history-buttons")
export class HistoryButtons extends StoreElement {
  static override styles = [controlStyles, toolStyles];

  override render() {
    const { canUndo, canRedo, undoWords, redoWords } = this.state;
    return html`${this.#button("undo", canUndo, undoWords)}
      ${this.#button("redo", canRedo, redoWords)}`;
  }

  #button(action: "undo" | "redo", isAvailable: boolean, words: string) {
    const { words: name, run } = this.actions.commandOf(action);
    const title = this.tip(isAvailable ? `${name}: ${words}` : `Nothing to ${action}`, action);
    return html`<button class="icon" ?disabled=${!isAvailable} title=${title} aria-label=${isAvailable ? `${name}: ${words}` : name}
      @click=${() => run()}>${icon(action)}</button>`;
  }
}
