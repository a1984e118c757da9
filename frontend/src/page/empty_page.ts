/** Shown without data: where was searched, what was found, and how to fix it. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { plural } from "../data/format";
import { readingWords, type ScanStatus, unshownRun } from "../data/runs";
import type { PanelSlot } from "../features/feature";
import { problemsInOrder } from "../state/derived";
import "../controls/failure_note";
import "../controls/problem_list";
import { StoreElement } from "../state/store_element";
import { renderPanels } from "./panels";

const KERAS = `from tb_projector_plugin.callbacks.keras import ProjectorCallback

model.fit(x, y, callbacks=[ProjectorCallback("LOGDIR")])`;

@customElement("empty-page")
export class EmptyPage extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: grid; justify-items: center; align-content: start; height: 100%; padding: 10vh 24px 24px; overflow: auto; background: var(--picture-ground); }
      main { display: grid; gap: 16px; width: min(640px, 100%); }
      h1 { margin: 0; font-size: 20px; line-height: 28px; font-weight: 600; }
      pre { margin: 0; padding: 12px 16px; overflow: auto; border-radius: var(--radius); background: var(--panel); box-shadow: 0 0 0 1px var(--line); font: 13px/20px var(--mono); }
      problem-list { border-radius: var(--radius); box-shadow: 0 0 0 1px var(--line); background: var(--panel); }
      code { font: 13px/16px var(--mono); }
      .actions { display: flex; gap: 8px; }
    `,
  ];

  override render() {
    return html`${this.#renderMain()}${this.#renderPanels("empty-page-foot")}`;
  }

  #renderMain() {
    const { runs, failures } = this.state;
    if (failures.runs !== undefined) return this.#renderFailure();
    if (runs === null || !runs.scan.done)
      return html`<main><p class="soft" role="status">${scanWords(runs?.scan)}… ${readingWords(runs?.scan)}</p></main>`;
    const unshown = unshownRun(runs, this.state.run);
    return html`<main>
      <h1>${unshown === null ? "No embeddings found" : `No tensor of ${unshown.name} can be shown`}</h1>
      ${unshown === null ? html`<p class="soft">${found(runs.scan)}</p>` : nothing}
      ${this.#renderPanels("empty-page-head")}
      ${this.#renderProblems(unshown?.name ?? null)}
      <p>Two lines save a model's embeddings while it trains:</p>
      <pre>${KERAS.replace("LOGDIR", runs.scan.logdir || "logs")}</pre>
      <p class="soft">A <code>projector_config.pbtxt</code> that names a tensor file, a TensorFlow checkpoint, or what PyTorch's
        <code>SummaryWriter.add_embedding</code> writes is read as well.</p>
      <div class="actions"><button class="main" @click=${() => this.actions.reload()}>Look again</button></div>
      <p class="soft">Or explore a file of your own, without a logdir: drop it here, TSV, CSV or .npy, a vector in each line.</p>
      ${this.#renderPanels("empty-page")}
    </main>`;
  }

  #renderFailure() {
    return html`<main><failure-note .failure=${this.state.failures.runs} retry @retry=${() => this.actions.retry("runs")}></failure-note></main>`;
  }

  #renderPanels(slot: PanelSlot) {
    return renderPanels(slot, { store: this.store, actions: this.actions }, this.state);
  }

  #renderProblems(open: string | null) {
    const problems = problemsInOrder(this.state);
    if (problems.length === 0) return nothing;
    return html`<p>What was found cannot be shown:</p><problem-list .problems=${problems} .open=${open}></problem-list>`;
  }
}

function scanWords(scan: ScanStatus | undefined): string {
  return scan === undefined
    ? "Looking for embeddings"
    : `Looking through ${scan.logdir}: ${plural(scan.directories, "directory", "directories")} so far`;
}

function found(scan: ScanStatus): string {
  const logdir = scan.logdir === "" ? "the logdir" : scan.logdir;
  return `Looked through ${plural(scan.directories, "directory", "directories")} in ${logdir} for projector configs and checkpoints with a 2-D tensor; found ${plural(
    scan.config_files,
    "config",
  )} and ${plural(scan.checkpoints, "checkpoint")}.`;
}
