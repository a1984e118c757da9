/** Collects problems of the picture; reports only the worst. */

import type { Trouble } from "./picture_props";

const WORST_FIRST = ["context", "sprite"] as const;
export type TroubleKind = (typeof WORST_FIRST)[number];

export class Troubles {
  readonly #known = new Map<TroubleKind, Trouble>();
  #reported: Trouble | null = null;

  constructor(private readonly report: (trouble: Trouble | null) => void) {}

  set(kind: TroubleKind, trouble: Trouble | null): void {
    if (trouble) this.#known.set(kind, trouble);
    else this.#known.delete(kind);
    const worst = WORST_FIRST.map((one) => this.#known.get(one)).find((one) => one !== undefined) ?? null;
    if (worst === this.#reported) return;
    this.#reported = worst;
    this.report(worst);
  }
}
