/** Reports a server job's progress as that of a task; pauses polling while the user is away. */
import type { JobWatch } from "../api/jobs";
import type { TaskName } from "../state/state";
import type { Presence } from "./presence";
import type { Tasks } from "./tasks";

export function followJobs(name: TaskName, tasks: Tasks, presence: Presence): JobWatch {
  return {
    onProgress: (job) => tasks.progress(name, { share: job.progress, secondsLeft: job.seconds_left }, job.words),
    untilPresent: () => presence.untilPresent(),
  };
}
