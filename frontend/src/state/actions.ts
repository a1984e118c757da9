/** Actions of the page beyond changing a field. Each feature implements its own. */

import type { Command, CommandGroup } from "./command";
import type { FeatureActions, TaskName } from "./state";

export interface Actions extends FeatureActions {
  /** Retries a failed task. */
  retry(task: TaskName): void;
  cancel(task: TaskName): void;
  /** All commands, available at present or not. */
  commands(): readonly CommandGroup[];
  /** The command with this id, for its button and its tooltip. */
  commandOf(id: string): Command;
}
