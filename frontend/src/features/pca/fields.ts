/** Principal components: which of them stand on the axes, and what is known of them. */
import { type Fields, held, wholes } from "../../data/field";
import type { Loadings } from "../../data/loadings";
import type { Projection } from "../../data/projection";

/** As many as /projections offers. */
const MOST_COMPONENTS = 10;

export interface PcaState {
  /** The components on X, Y and Z, 0-based. */
  components: readonly number[];
  /** PCA, whichever method is shown: it is the first picture, and what layouts start from. */
  projection: Projection | null;
  loadings: Loadings | null;
}

export const PCA_FIELDS: Fields<PcaState> = {
  components: wholes([0, 1, 2], 0, MOST_COMPONENTS - 1),
  projection: held(null),
  loadings: held(null),
};

export const PCA_TASKS = ["projection", "loadings"] as const;

export interface PcaActions {
  /** The first picture of what is shown. */
  loadProjection(): Promise<void>;
  /** All components, for their variance or to pick from. */
  loadComponents(): void;
  downloadLoadings(): void;
}
