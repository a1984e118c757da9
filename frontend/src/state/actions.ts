/** Actions of the page beyond changing a field. Each feature implements its own. */

import type { CommandGroup } from "./command";
import type { FeatureActions, TaskName } from "./state";

export interface Actions extends FeatureActions {
  /** Retries a failed task. */
  retry(task: TaskName): void;
  cancel(task: TaskName): void;
  /** All commands, available at present or not. */
  commands(): readonly CommandGroup[];
  /** The key of a command for display: «Shift R»; "" if it has none. */
  keyOf(id: string): string;
}
