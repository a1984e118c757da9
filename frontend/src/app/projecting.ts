/** Every projection but PCA, which `Loading` fetches: who runs it, and what people can ask of it. */
import type { Client } from "../api/client";
import type { Actions } from "../state/actions";
import type { TaskName } from "../state/state";
import type { Store } from "../state/store";
import { downloadLoadings } from "../work/downloading";
import { LayingOut } from "../features/layout/follow";
import type { Loading } from "../features/data/follow";
import { Measuring } from "../features/quality/follow";
import type { Places } from "../state/method_coordinates";
import { Presence } from "../work/presence";
import { ProjectingAxes } from "../features/axes/follow";
import { ReadingAsIs } from "../features/as_is/follow";
import { keepScreenNeighbors } from "../features/point/screen_neighbors";
import type { Tasks } from "../work/tasks";

export type ProjectingActions = Pick<
  Actions,
  | ("runLayout" | "pauseLayout" | "resumeLayout" | "stopLayout" | "restartLayout" | "perturbLayout" | "toggleLayout")
  | ("projectAxes" | "measureQuality" | "downloadLoadings" | "retry" | "cancel")
>;

export function makeProjecting(
  store: Store,
  client: Client,
  tasks: Tasks,
  loading: Loading,
  places: Places,
  presence = new Presence(),
): ProjectingActions {
  const layingOut = new LayingOut(store, client, tasks, presence, places);
  const axes = new ProjectingAxes(store, client, tasks, places);
  const asIs = new ReadingAsIs(store, client, tasks, places);
  const measuring = new Measuring(store, client, tasks, presence);
  keepScreenNeighbors(store);
  const download = () => downloadLoadings(store, client, tasks);
  const again: Partial<Record<TaskName, () => void>> = {
    graph: () => layingOut.run(),
    layout: () => layingOut.run(),
    axes: () => axes.project(),
    dimensions: () => asIs.read(),
    quality: () => measuring.measure(),
    loadings: download,
  };
  return {
    runLayout: () => layingOut.run(),
    restartLayout: () => layingOut.run(),
    pauseLayout: () => layingOut.pause(),
    resumeLayout: () => layingOut.resume(),
    stopLayout: () => layingOut.stop(),
    perturbLayout: () => layingOut.perturb(),
    toggleLayout: () => layingOut.toggle(),
    projectAxes: () => axes.project(),
    measureQuality: () => measuring.measure(),
    downloadLoadings: download,
    retry: (task) => (again[task] ?? (() => loading.retry(task)))(),
    cancel: (task) => loading.cancel(task),
  };
}
