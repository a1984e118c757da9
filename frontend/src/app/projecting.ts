/** Every projection but PCA, which `Loading` fetches: who runs it, and what people can ask of it. */
import type { Client } from "../api/client";
import type { Actions } from "../state/actions";
import type { TaskName } from "../state/state";
import type { Store } from "../state/store";
import { downloadLoadings } from "./downloading";
import { LayingOut } from "./laying_out";
import type { Loading } from "./loading";
import { Measuring } from "./measuring";
import type { Places } from "./places";
import { Presence } from "./presence";
import { ProjectingAxes } from "./projecting_axes";
import { ReadingAsIs } from "./reading_as_is";
import { keepScreenNeighbors } from "./screen_neighbors";
import type { Tasks } from "./tasks";

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
