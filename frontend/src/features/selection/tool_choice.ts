/** The effect of a drag in the picture: one of four tools. Arrow keys move between them. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { toolStyles } from "../../controls/tool_styles";
import { StoreElement } from "../../state/store_element";
import { TOOL_WORDS, TOOLS, type Tool } from "./fields";

@customElement("tool-choice")
export class ToolChoice extends StoreElement {
  static override styles = [controlStyles, toolStyles];

  override render() {
    const { tool } = this.state;
    return html`<div role="radiogroup" aria-label="Tool" @keydown=${this.#walk}>${TOOLS.map(
      (one) => html`<button class="icon" role="radio" aria-checked=${one === tool} tabindex=${one === tool ? 0 : -1}
        aria-label=${TOOL_WORDS[one].name} title=${this.#tip(one)} @click=${() => this.#choose(one)}>${icon(one)}</button>`,
    )}</div>`;
  }

  #tip(tool: Tool): string {
    return this.tip(`${TOOL_WORDS[tool].name}: ${TOOL_WORDS[tool].use}`, `tool-${tool}`);
  }

  #choose(tool: Tool): void {
    this.actions.commandOf(`tool-${tool}`).run();
  }

  async #walk(event: KeyboardEvent): Promise<void> {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = TOOLS.indexOf(this.state.tool) + step;
    this.#choose(TOOLS[(at + TOOLS.length) % TOOLS.length]!);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
  }
}
