/** What a drag in the picture does: one of four tools. Arrow keys walk them. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { toolStyles } from "../../controls/tool_styles";
import { StoreElement } from "../../state/store_element";
import { TOOLS, type Tool } from "./fields";

const NAMES: Record<Tool, readonly [name: string, title: string]> = {
  pan: ["Select", "Select: click a point; drag moves the picture"],
  box: ["Box", "Box: drag over points; Shift adds, Alt takes out"],
  lasso: ["Lasso", "Lasso: draw around points; Shift adds, Alt takes out"],
  sphere: ["Sphere", "Sphere: drag from a point outwards; Shift adds, Alt takes out"],
};

@customElement("tool-choice")
export class ToolChoice extends StoreElement {
  static override styles = [controlStyles, toolStyles];

  override render() {
    const { tool } = this.state;
    return html`<div role="radiogroup" aria-label="Tool" @keydown=${this.#walk}>${TOOLS.map(
      (one) => html`<button class="icon" role="radio" aria-checked=${one === tool} tabindex=${one === tool ? 0 : -1}
        aria-label=${NAMES[one][0]} title=${this.tip(NAMES[one][1], `tool-${one}`)} @click=${() => this.store.set({ tool: one })}>${icon(one)}</button>`,
    )}</div>`;
  }

  async #walk(event: KeyboardEvent): Promise<void> {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = TOOLS.indexOf(this.state.tool) + step;
    this.store.set({ tool: TOOLS[(at + TOOLS.length) % TOOLS.length]! });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
  }
}
