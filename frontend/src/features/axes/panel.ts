/** Custom axes: editors of their ends, and the button that projects all points on them. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { AxisChoice } from "../../data/axes";
import "./axis_field";
import { controlStyles } from "../../controls/control_styles";
import "../../controls/failure_note";
import { layoutStyles } from "../../controls/form_styles";
import { buttonWords } from "../../state/command";
import { StoreElement } from "../../state/store_element";
import { notInPicture } from "./not_in_picture";
import "../../controls/task_progress";

@customElement("axes-controls")
export class AxesControls extends StoreElement {
  static override styles = [
    controlStyles,
    layoutStyles,
    css`
      axis-field + axis-field { padding-top: var(--gap); border-top: 1px solid var(--line); }
      .main { min-height: 32px; font-weight: 600; }
      .warn { color: var(--warning); }
    `,
  ];

  override render() {
    const { axes, dimensions, axisCounts, tasks, failures } = this.state;
    const project = this.actions.commandOf("project-axes");
    return html`${axes.slice(0, dimensions).map(
      (axis, index) => html`<axis-field .store=${this.store} .actions=${this.actions} .index=${index} .axis=${axis}
        .counts=${axisCounts[index] ?? null} @change=${(event: CustomEvent<AxisChoice>) => this.#choose(index, event.detail)}></axis-field>`,
    )}
      ${
        tasks.axes === undefined
          ? html`<button class="main" ?disabled=${this.state.shown === null} title=${this.tip("Project every point on these axes", "project-axes")}
            @click=${() => project.run()}>${buttonWords(project)}</button>`
          : html`<task-progress class="small" .task=${tasks.axes} @cancel=${() => this.actions.cancel("axes")}></task-progress>`
      }
      ${failures.axes === undefined ? nothing : html`<failure-note .failure=${failures.axes}></failure-note>`}
      ${tasks.axes === undefined ? this.#renderMissing() : nothing}`;
  }

  #renderMissing() {
    const missing = notInPicture(this.state);
    if (missing.length === 0) return nothing;
    return html`<p class="small warn">Not in this picture yet: ${missing.join(", ")}. Project to see it.</p>`;
  }

  #choose(index: number, axis: AxisChoice): void {
    const [x, y, z] = this.state.axes.map((old, at) => (at === index ? axis : old));
    this.store.set({ axes: [x!, y!, z!] });
  }
}
