/** A run of which no tensor can be shown, on the page without a picture: what it has, and the way to the others. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { choosableRuns, unshownRun } from "../../data/runs";
import { StoreElement } from "../../state/store_element";
import "./left_out";
import { runField } from "./run_field";

@customElement("unshown-run")
export class UnshownRun extends StoreElement {
  static override styles = [controlStyles, css`:host { display: grid; gap: 8px; }`];

  override render() {
    const { runs, run } = this.state;
    const choices = choosableRuns(runs);
    if (runs === null || choices.length === 0) return nothing;
    const unshown = unshownRun(runs, run) ?? choices[0]!;
    return html`${runField(this.store, choices, unshown.name)}
      <left-out-tensors .run=${unshown}></left-out-tensors>`;
  }
}
