/** The recipe of a projection: the points in their order, on a ring. */
import type { Recipe } from "./recipe";

export const PROJECTION: Recipe = {
  files: {
    "features/ring/fields.ts": `
/** How often the ring is gone round. */
import { type Part, whole } from "../../data/field";

interface RingState {
  ringTurns: number;
}

export const RING: Part<RingState> = { fields: { ringTurns: whole(1, 1, 9, "turns of the ring") } };
`,
    "features/ring/follow.ts": `
/** Puts the points on the ring while it is shown. */
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

const INPUTS: readonly (keyof State)[] = ["method", "shown", "ringTurns"];

export function followRing(store: Store, coordinates: MethodCoordinates): void {
  store.subscribe(({ method, shown, ringTurns }, changed) => {
    if (method !== "ring" || shown === null || !INPUTS.some((name) => changed.has(name))) return;
    const rows = shown.step.shape[0];
    const on = (turn: (angle: number) => number) =>
      Float32Array.from({ length: rows }, (_, row) => turn((2 * Math.PI * ringTurns * row) / rows));
    const plain = { space: "as stored", subset: null, iteration: null, axisNames: [] };
    coordinates.put({ method: "ring", x: on(Math.cos), y: on(Math.sin), z: null, rows, finiteRows: rows, ...plain });
  });
}
`,
    "features/ring/index.ts": `
/** The points on a ring. */
import type { Feature } from "../feature";
import { followRing } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, coordinates }) => {
    followRing(store, coordinates);
    return {};
  },
  projections: [
    { method: "ring", text: "Ring", words: "The points on a ring", command: "ring", element: "ring-controls" },
  ],
};
`,
    "features/ring/panel.ts": `
/** How often the ring is gone round. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { StoreElement } from "../../state/store_element";

@customElement("ring-controls")
export class RingControls extends StoreElement {
  override render() {
    return html\`<button @click=\${() => this.store.set({ ringTurns: 2 })}>Go round twice</button>\`;
  }
}
`,
  },
  edits: [
    ["data/coordinates.ts", '"as_is"] as const', '"as_is", "ring"] as const'],
    ["data/coordinates.ts", 'as_is: "As is" }', 'as_is: "As is", ring: "Ring" }'],
    ["features/fields.ts", "import { SAVING } from", 'import { RING } from "./ring/fields";\nimport { SAVING } from'],
    ["features/fields.ts", "  projection: PROJECTION,", "  ring: RING,\n  projection: PROJECTION,"],
  ],
};
