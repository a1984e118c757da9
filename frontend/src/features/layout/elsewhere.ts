/** A layout that runs while another projection is shown: its progress, and buttons that pause or end it. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { LAYOUT_NAMES } from "../../data/coordinates";
import type { State } from "../../state/state";
import { StoreElement } from "../../state/store_element";
import { progressWords } from "./words";

/** Whether a layout runs of which neither picture nor controls are shown. Before its first iteration it is a task. */
export function runsElsewhere({ layout, method }: Readonly<State>): boolean {
  return layout !== null && layout.of !== method && layout.phase === "running";
}

@customElement("layout-elsewhere")
export class LayoutElsewhere extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex: 0 1 auto; gap: 8px; min-width: 0; align-items: center; }
      button { flex: none; }
    `,
  ];

  override render() {
    const { layout } = this.state;
    if (layout === null) return nothing;
    const name = LAYOUT_NAMES[layout.of];
    const words = `${name}: ${progressWords(layout)}`;
    return html`<span class="soft clip" title="${name} goes on while another projection is shown. ${words}">${words}</span>
      <button class="link" title="Pause ${name}; its panel has it resume" @click=${() => this.actions.pauseLayout()}>Pause</button>
      <button class="link" title="End ${name}; its picture stays" @click=${() => this.actions.stopLayout()}>Stop</button>`;
  }
}
