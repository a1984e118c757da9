/** Reports a server job's progress as that of a task; pauses polling while the user is away. */
import type { JobWatch } from "../api/jobs";
import type { TaskName } from "../state/state";
import type { Presence } from "./presence";
import type { Tasks } from "./tasks";

export function followJobs(name: TaskName, tasks: Tasks, presence: Presence): JobWatch {
  return {
    onProgress: ({ state, words, progress, seconds_left: secondsLeft }) => {
      if (state === "queued") tasks.progress(name, { share: null, secondsLeft: null }, `${words}, after others`);
      else tasks.progress(name, { share: progress, secondsLeft }, words);
    },
    untilPresent: () => presence.untilPresent(),
  };
}
