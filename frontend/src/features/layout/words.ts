/** A layout in words: its progress, the quality of its neighbors, and changes since its start. */

import { formatCount, formatShare, plural } from "../../data/format";
import type { LayoutStatus } from "../../data/layout_status";
import type { State } from "../../state/state";
import { changedSinceStart } from "./started_with";

/** Why t-SNE has paused by itself. */
export const SETTLED = "Stopped by itself: the KL divergence no longer falls.";

const FIELD_NAMES: Partial<Record<keyof State, string>> = {
  dimensions: "2-D or 3-D",
  metric: "metric",
  spherize: "spherize",
  subset: "isolated points",
  seed: "seed",
  superviseBy: "supervision",
  supervision: "strength",
  perplexity: "perplexity",
  learningRate: "learning rate",
  exaggeration: "exaggeration",
  umapNeighbors: "neighbors",
  minDist: "minimum distance",
  spread: "spread",
  epochs: "epochs",
};

/** «412 iterations», «120 of 500 epochs» */
function iterationWords({ of, iteration, iterations }: LayoutStatus): string {
  const [one, many] = of === "tsne" ? ["iteration", "iterations"] : ["epoch", "epochs"];
  if (iterations === null) return plural(iteration, one, many);
  return `${formatCount(iteration)} of ${plural(iterations, one, many)}`;
}

/** «412 iterations · 58 per second · KL 1.83» */
export function progressWords(status: LayoutStatus): string {
  const { phase, perSecond, klDivergence } = status;
  const speed = phase === "running" && perSecond > 0 ? [`${formatSpeed(perSecond)} per second`] : [];
  const kl = klDivergence === null ? [] : [`KL ${klDivergence.toFixed(2)}`];
  return [iterationWords(status), ...speed, ...kl].join(" · ");
}

function formatSpeed(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));
}

/** «90 neighbors each, exact», «90 neighbors each, recall 99.3 % on 1,000 rows» */
export function graphWords({ k, method, recall, recallRows }: LayoutStatus): string {
  const found = method === "exact" ? "exact" : `recall ${formatShare(recall)} on ${plural(recallRows, "row")}`;
  return `${plural(k, "neighbor")} each, ${found}`;
}

/** The controls changed since the start, by their labels. */
export function changedWords(state: Readonly<State>): string {
  return changedSinceStart(state)
    .map((name) => FIELD_NAMES[name] ?? name)
    .join(", ");
}
