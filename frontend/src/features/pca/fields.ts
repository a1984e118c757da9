/** Principal components: those on the axes, and the results so far. */
import { held, type Part, wholes } from "../../data/field";
import type { Loadings } from "../../data/loadings";
import type { Projection } from "../../data/projection";

/** Maximum of /projections. */
const MAX_COMPONENTS = 10;

interface PcaState {
  /** The components on X, Y and Z, 0-based. */
  components: readonly number[];
  /** PCA, whichever method is shown: it is the first picture, and the start of layouts. */
  projection: Projection | null;
  loadings: Loadings | null;
}

export const PCA: Part<PcaState, PcaActions, "projection" | "loadings"> = {
  fields: {
    components: wholes([0, 1, 2], 0, MAX_COMPONENTS - 1, "components on the axes"),
    projection: held(null),
    loadings: held(null),
  },
  tasks: ["projection", "loadings"],
};

interface PcaActions {
  /** Loads the first picture of the current data. */
  loadProjection(): Promise<void>;
  /** Loads all components, for their variance or to choose from. */
  loadComponents(): void;
  downloadLoadings(): void;
}
