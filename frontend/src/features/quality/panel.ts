/** Quality of a projection: the panel for the current one, folded at first. */

import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "../../controls/control_styles";
import { formatCount, formatShare } from "../../data/format";
import type { Estimate } from "../../data/quality";
import { buttonWords } from "../../state/command";
import { isQualityCurrent, isQualityOfPicture } from "../../state/derived";
import { type MeasuredQuality, QUALITY_K } from "./fields";

import "../../controls/failure_note";
import { layoutStyles } from "../../controls/form_styles";
import { StoreElement } from "../../state/store_element";
import "../../controls/task_progress";

@customElement("quality-section")
export class QualitySection extends StoreElement {
  static override styles = [
    controlStyles,
    layoutStyles,
    css`
      :host { display: block; padding-top: 4px; border-top: 1px solid var(--line); }
      .body { display: grid; gap: 6px; padding-top: 4px; }
      dl { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 4px 8px; }
      .measure { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: center; }
      dt { white-space: nowrap; }
      .track { height: 6px; border-radius: 3px; background: var(--hover); overflow: hidden; }
      .fill { display: block; height: 100%; border-radius: 3px; background: var(--accent); }
      dd { display: contents; }
      .value { text-align: right; }
      .warn { color: var(--warning); }
      .buttons { display: flex; gap: 4px; }
      .buttons button { flex: 1; padding: 0 4px; }
    `,
  ];

  override render() {
    const { quality } = this.state;
    return html`<details><summary>How far to believe it</summary><div class="body">
        ${quality === null ? this.#renderOffer() : this.#renderQuality(quality)}
        ${this.#renderWork()}
      </div></details>`;
  }

  #renderOffer() {
    return html`<p class="small soft">How many of each point's ${QUALITY_K} nearest neighbors are its neighbors in this picture too?</p>`;
  }

  #renderWork() {
    const { tasks, failures, quality } = this.state;
    if (tasks.quality !== undefined) {
      return html`<task-progress class="small" .task=${tasks.quality} @cancel=${() => this.actions.cancel("quality")}></task-progress>`;
    }
    const isCurrent = quality !== null && isQualityCurrent(this.state);
    return html`<div class="buttons">
        ${isCurrent ? nothing : this.#renderMeasure(quality === null)}
        ${quality === null ? nothing : this.#renderColorBy()}
      </div>
      ${failures.quality === undefined ? nothing : html`<failure-note .failure=${failures.quality}></failure-note>`}`;
  }

  #renderMeasure(isFirst: boolean) {
    const command = this.actions.commandOf("measure");
    return html`<button class=${isFirst ? "main" : ""} title=${this.tip("Measure the picture on the screen", "measure")}
      @click=${() => command.run()}>${buttonWords(command)}${isFirst ? "" : " again"}</button>`;
  }

  #renderColorBy() {
    const { colorByQuality } = this.state;
    return html`<button aria-pressed=${colorByQuality} title="Each point's share of kept neighbors as its color"
      @click=${() => this.store.set({ colorByQuality: !colorByQuality })}>Color by kept neighbors</button>`;
  }

  #renderQuality(quality: MeasuredQuality) {
    const { kept, trustworthiness, continuity } = quality;
    return html`${this.#renderAge()}<dl class="small">
        ${measure("Kept neighbors", `Of the ${quality.k} nearest, the share that is among the ${quality.k} nearest here`, kept, formatShare(kept))}
        ${measure("Trustworthiness", "1: no false neighbors in the picture", trustworthiness.value, interval(quality, trustworthiness))}
        ${measure("Continuity", "1: no true neighbors torn apart", continuity.value, interval(quality, continuity))}
      </dl><p class="small faint">${sampleWords(quality)}</p>`;
  }

  #renderAge() {
    if (isQualityCurrent(this.state)) return nothing;
    const words = isQualityOfPicture(this.state)
      ? "Measured with another metric or space."
      : "Measured on an earlier picture.";
    return html`<p class="small warn">${words}</p>`;
  }
}

function measure(name: string, meaning: string, value: number, words: string) {
  const share = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
  return html`<div class="measure" title=${meaning}><dt class="soft">${name}</dt>
    <dd><span class="track"><span class="fill" style=${styleMap({ width: `${100 * share}%` })}></span></span><span class="value">${words}</span></dd></div>`;
}

/** «0.973 ± 0.002»; what was measured on all points has no interval. */
function interval({ sampledRows, drawnRows }: MeasuredQuality, { value, low, high }: Estimate): string {
  const text = value.toFixed(3);
  if (sampledRows >= drawnRows) return text;
  const half = Math.max(value - low, high - value);
  return half < 5e-4 ? `${text} ± < 0.001` : `${text} ± ${half.toFixed(3)}`;
}

function sampleWords({ k, metric, space, sampledRows, drawnRows, recall }: MeasuredQuality): string {
  const sample =
    sampledRows >= drawnRows
      ? `all ${formatCount(drawnRows)} points`
      : `${formatCount(sampledRows)} random points ranked against all ${formatCount(drawnRows)}; ± holds in 95 of 100 samples`;
  const graph = recall < 1 ? ` Neighbors found: ${formatShare(recall)}.` : "";
  return `k = ${k}, ${metric}, ${space}; ${sample}.${graph}`;
}
