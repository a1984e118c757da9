/** A layout in words: its progress, the quality of its neighbors, and changes since its start. */

import { formatCount, formatShare, formatTimeLeft, plural } from "../../data/format";
import type { LayoutStatus } from "../../data/layout_status";
import type { State } from "../../state/state";
import { nameOfField } from "../../state/view";
import { changedSinceStart } from "./started_with";

/** Why t-SNE has paused by itself. */
export const SETTLED = "Stopped by itself: the KL divergence no longer falls.";

/** Names that are shorter beside the controls than elsewhere. */
const FIELD_NAMES: Partial<Record<keyof State, string>> = { subset: "isolated points", umapNeighbors: "neighbors" };

/** «412 iterations», «120 of 500 epochs» */
function iterationWords({ of, iteration, iterations }: LayoutStatus): string {
  const [one, many] = of === "tsne" ? ["iteration", "iterations"] : ["epoch", "epochs"];
  if (iterations === null) return plural(iteration, one, many);
  return `${formatCount(iteration)} of ${plural(iterations, one, many)}`;
}

/** «412 iterations · 58 per second · KL 1.83», «120 of 500 epochs · 31 per second · 13 s left» */
export function progressWords(status: LayoutStatus): string {
  const { klDivergence } = status;
  const kl = klDivergence === null ? [] : [`KL ${klDivergence.toFixed(2)}`];
  const held = status.isHeld ? ["waiting for the other neighbors"] : [];
  return [iterationWords(status), ...held, ...speedWords(status), ...kl].join(" · ");
}

function speedWords({ phase, perSecond, iteration, iterations, isHeld }: LayoutStatus): string[] {
  if (phase !== "running" || perSecond === 0 || isHeld) return [];
  const left = iterations === null ? [] : [formatTimeLeft((iterations - iteration) / perSecond)];
  return [`${formatSpeed(perSecond)} per second`, ...left];
}

function formatSpeed(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));
}

const SEARCH_NAMES: Record<LayoutStatus["method"], string> = {
  exact: "exact search",
  ivf: "inverted lists",
  hnsw: "an HNSW index",
};

/** «90 neighbors each, exact», «90 neighbors each, by inverted lists: recall 99.3 % on 1,000 rows» */
export function graphWords({ k, method, recall, recallRows, awaited }: LayoutStatus): string {
  if (awaited !== null) return `The first ${k} of ${plural(awaited, "neighbor")} each so far`;
  const found =
    method === "exact"
      ? "exact"
      : `by ${SEARCH_NAMES[method]}: recall ${formatShare(recall)} on ${plural(recallRows, "row")}`;
  return `${plural(k, "neighbor")} each, ${found}`;
}

/** «Tried on random rows: exact search 210 s, inverted lists 31 s (recall 99.4 %)»; empty for few rows. */
export function triedWords({ tried }: LayoutStatus): string {
  if (tried.length === 0) return "";
  const each = tried.map(({ method, recall, seconds }) => {
    const share = method === "exact" ? "" : ` (recall ${formatShare(recall)})`;
    return `${SEARCH_NAMES[method]} ${formatCount(Math.max(1, Math.round(seconds)))} s${share}`;
  });
  return `Tried on random rows, processor time for all: ${each.join(", ")}.`;
}

/** The controls changed since the start, by their labels. */
export function changedWords(state: Readonly<State>): string {
  return changedSinceStart(state)
    .map((name) => FIELD_NAMES[name] ?? nameOfField(name) ?? name)
    .join(", ");
}
