/** The recipe of a panel, with a request to its route: the mean of the vectors. */
import type { Recipe } from "./recipe";

export const PANEL: Recipe = {
  files: {
    "features/mean/fields.ts": `
/** The mean of the vectors. */
import { flag, held, type Part } from "../../data/field";

interface MeanState {
  mean: readonly number[] | null;
  roundMean: boolean;
}

export const MEAN: Part<MeanState, MeanActions, "mean"> = {
  fields: { mean: held(null), roundMean: flag(false, "rounding of the mean") },
  tasks: ["mean"],
};

interface MeanActions {
  askForMean(): void;
}
`,
    "features/mean/index.ts": `
/** The mean of the vectors. */
import { tensorOf } from "../../api/parameters";
import type { Context, Feature } from "../feature";
import "./panel";

export const feature: Feature = {
  start: (context) => {
    const ask = () => askForMean(context);
    context.tasks.handle("mean", { retry: ask });
    return { askForMean: ask };
  },
  panels: [{ slot: "inspector-foot", element: "mean-panel" }],
};

async function askForMean({ store, client, tasks }: Context): Promise<void> {
  const { shown } = store.state;
  if (shown === null) return;
  const request = { route: "mean", parameters: tensorOf(shown) };
  const found = await tasks.run("mean", "Averaging", (signal) => client.getJson<{ mean: number[] }>(request, signal));
  if (found !== undefined && shown === store.state.shown) store.set({ mean: found.mean });
}
`,
    "features/mean/panel.ts": `
/** The mean of the vectors, on request. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { StoreElement } from "../../state/store_element";

@customElement("mean-panel")
export class MeanPanel extends StoreElement {
  override render() {
    const { mean, roundMean } = this.state;
    const words = (mean ?? []).map((value) => (roundMean ? Math.round(value) : value)).join(" ");
    return html\`<button @click=\${() => this.actions.askForMean()}>Show the mean</button><output>\${words}</output>\`;
  }
}
`,
  },
  edits: [
    [
      "features/fields.ts",
      "import { NAVIGATION } from",
      'import { MEAN } from "./mean/fields";\nimport { NAVIGATION } from',
    ],
    ["features/fields.ts", "  table: TABLE,", "  mean: MEAN,\n  table: TABLE,"],
  ],
};
