/** The points that the picture is restricted to, and the way back: «All 1,797 › 120 neighbors of «king»». */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { formatCount } from "../../data/format";
import { StoreElement } from "../../state/store_element";

@customElement("subset-trail")
export class SubsetTrail extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { position: absolute; left: 12px; top: 12px; max-width: calc(100% - 24px); }
      ol { display: flex; align-items: center; margin: 0; padding: 2px; list-style: none; border-radius: var(--radius); background: var(--glass); backdrop-filter: blur(8px); box-shadow: 0 0 0 1px var(--line); }
      li { display: flex; align-items: center; min-width: 0; }
      li + li::before { content: "›"; padding: 0 2px; color: var(--text-faint); }
      li:first-child { flex: none; }
      button, .here { display: block; min-height: 24px; padding: 0 8px; border: 0; line-height: 24px; max-width: 220px; }
      .here { font-weight: 600; }
    `,
  ];

  override render() {
    const { trail, shown } = this.state;
    if (trail.length === 0 || shown === null) return nothing;
    const steps = [`All ${formatCount(shown.step.shape[0])}`, ...trail.map(({ words }) => words)];
    return html`<nav aria-label="Isolated points"><ol>${steps.map((words, depth) =>
      depth === trail.length
        ? html`<li><span class="here clip" aria-current="true" title=${words}>${words}</span></li>`
        : html`<li><button class="quiet clip" title="Back to ${words}" @click=${() => this.actions.leaveSubset(depth)}>${words}</button></li>`,
    )}</ol></nav>`;
  }
}
