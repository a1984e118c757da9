/** Plots the KL divergence as a line next to its value. */
import { html, nothing, type TemplateResult } from "lit";

const WIDTH_PX = 64;
const HEIGHT_PX = 18;
/** Maximum number of points, twice the pixels; beyond it, every second one is dropped. */
const MAX_POINTS = 128;

export class KlHistory {
  #points: { iteration: number; kl: number }[] = [];

  add(iteration: number, kl: number | null): void {
    const last = this.#points.at(-1);
    if (last !== undefined && iteration < last.iteration) this.#points = []; // The layout was restarted.
    if (kl === null || this.#points.at(-1)?.kl === kl) return;
    this.#points.push({ iteration, kl });
    if (this.#points.length > MAX_POINTS) this.#points = this.#points.filter((_, index) => index % 2 === 0);
  }

  render(): TemplateResult | typeof nothing {
    if (this.#points.length < 3) return nothing;
    const kls = this.#points.map(({ kl }) => kl);
    const [min, max] = [Math.min(...kls), Math.max(...kls)];
    const [first, last] = [this.#points[0]!.iteration, this.#points.at(-1)!.iteration];
    const points = this.#points.map(({ iteration, kl }) => {
      const x = (WIDTH_PX * (iteration - first)) / Math.max(1, last - first);
      const y = 1 + ((HEIGHT_PX - 2) * (max - kl)) / (max - min || 1);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    const words = `KL divergence from ${max.toFixed(2)} to ${min.toFixed(2)}`;
    return html`<svg width=${WIDTH_PX} height=${HEIGHT_PX} viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}" role="img" aria-label=${words}><title>${words}</title>
      <polyline points=${points.join(" ")} fill="none" stroke="var(--accent)" stroke-width="1.3" stroke-linejoin="round" /></svg>`;
  }
}
