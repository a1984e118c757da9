/** The tensors of a run that cannot be shown, each with the reason: folded, unless there are no others. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { formatCount } from "../../data/format";
import { leftOutShape, leftOutWords } from "../../data/left_out";
import type { Run } from "../../data/runs";

@customElement("left-out-tensors")
export class LeftOutTensors extends LitElement {
  @property({ attribute: false }) run: Run | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      summary { color: var(--text-soft); font-size: 13px; line-height: 17px; cursor: pointer; }
      ul { max-height: 240px; margin-top: 4px; overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      li { list-style: none; padding: 4px 0; overflow-wrap: anywhere; }
    `,
  ];

  override render() {
    const words = this.run === null ? null : leftOutWords(this.run);
    if (this.run === null || words === null) return nothing;
    const { tensors = [], more = 0 } = this.run.left_out ?? {};
    return html`<details ?open=${this.run.embeddings.length === 0}><summary>${words}</summary>
      <ul role="list" tabindex="0" aria-label=${words}>
        ${tensors.map(
          (tensor) => html`<li class="small">${tensor.name}
            <p class="soft">${leftOutShape(tensor)}</p><p class="faint">${tensor.reason}</p></li>`,
        )}
        ${more === 0 ? nothing : html`<li class="small faint">${tensors.length === 0 ? "" : "and "}${formatCount(more)} more, such as the state of optimizers</li>`}
      </ul></details>`;
  }
}
