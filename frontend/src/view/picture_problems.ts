/** Collects problems of the picture; reports only the worst. */

import type { PictureProblem } from "./picture_props";

const WORST_FIRST = ["context", "sprite"] as const;
type PictureProblemKind = (typeof WORST_FIRST)[number];

export class PictureProblems {
  readonly #known = new Map<PictureProblemKind, PictureProblem>();
  #reported: PictureProblem | null = null;

  constructor(private readonly report: (problem: PictureProblem | null) => void) {}

  set(kind: PictureProblemKind, problem: PictureProblem | null): void {
    if (problem) this.#known.set(kind, problem);
    else this.#known.delete(kind);
    const worst = WORST_FIRST.map((one) => this.#known.get(one)).find((one) => one !== undefined) ?? null;
    if (worst === this.#reported) return;
    this.#reported = worst;
    this.report(worst);
  }
}
