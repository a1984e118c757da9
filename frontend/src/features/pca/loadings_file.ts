/** The weight of each dimension in each principal component, as a table. */
import type { Client } from "../../api/client";
import { fileNameOf } from "../../data/file_name";
import { writeLoadings } from "../../data/loadings";
import { availableComponents, spaceOf } from "../../state/derived";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import { saveFile } from "../../work/save_file";
import type { Tasks } from "../../work/tasks";
import { fetchLoadings } from "./requests";

export async function downloadLoadings(store: Store, client: Client, tasks: Tasks, presence: Presence): Promise<void> {
  const { shown } = store.state;
  if (shown === null) return;
  const [components, space] = [availableComponents(store.state), spaceOf(store.state)];
  const watch = followJobs("loadings", tasks, presence);
  const loadings = await tasks.run("loadings", "Computing loadings", (signal) =>
    fetchLoadings(client, shown, components, space, watch, signal),
  );
  if (loadings === undefined || shown !== store.state.shown) return;
  store.set({ loadings });
  const table = new Blob([writeLoadings(loadings)], { type: "text/tab-separated-values" });
  saveFile(table, `${[fileNameOf(shown.embedding.name), ...spaceParts(space), "loadings"].join("_")}.tsv`);
}

/** Of which vectors the components are, unless they are all as stored. */
function spaceParts({ spherize, subset }: ReturnType<typeof spaceOf>): string[] {
  return [...(spherize ? ["spherized"] : []), ...(subset === null ? [] : [`${subset.rows.length}_points`])];
}
