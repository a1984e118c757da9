/** Measures on request how faithful the current projection is. */

import type { Client } from "../../api/client";
import { formatCount } from "../../data/format";
import { spreadColumn } from "../../data/space";
import { drawnCoordinates, spaceOf } from "../../state/derived";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import { TaskError } from "../../work/task_error";
import type { Tasks } from "../../work/tasks";
import { QUALITY_K } from "./fields";
import { measureQuality } from "./requests";

export class Measuring {
  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly presence: Presence,
  ) {
    store.subscribe((_state, changed) => {
      if (changed.has("colorBy")) store.set({ colorByQuality: false });
      if (!changed.has("shown")) return;
      tasks.cancel("quality");
      tasks.forgive("quality");
      store.set({ quality: null, colorByQuality: false });
    });
  }

  async measure(): Promise<void> {
    const { state } = this.store;
    const { shown, metric, spherize, subset } = state;
    const drawn = drawnCoordinates(state);
    if (shown === null || drawn === null) return;
    const words = `Comparing neighbors of ${formatCount(drawn.finiteRows)} points`;
    const quality = await this.tasks.run("quality", words, (signal) => {
      if (drawn.finiteRows < 3) {
        throw new TaskError("Fewer than three points have no neighbors to compare.", "Choose another embedding.");
      }
      const k = Math.min(QUALITY_K, drawn.finiteRows - 1);
      const watch = followJobs("quality", this.tasks, this.presence);
      return measureQuality(this.client, shown, drawn, { k, metric }, spaceOf(state), watch, signal);
    });
    if (quality === undefined || shown !== this.store.state.shown) return;
    const keptByRow = spreadColumn(quality.keptByRow, subset, drawn.rows);
    this.store.set({ quality: { ...quality, keptByRow, of: drawn, spherize }, colorByQuality: true });
  }
}
