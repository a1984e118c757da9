/** What the page can be asked to do beyond changing a field; `app` does it. */
import type { TaskName } from "./state";

export interface Actions {
  /** Looks at the logdir again. */
  reload(): void;
  retry(task: TaskName): void;
  cancel(task: TaskName): void;
  resetView(): void;
  /** Moves the camera so that these rows fill the picture. */
  flyTo(rows: Int32Array): void;
  /** Takes a point, or none, as the selected one. */
  select(row: number | null): void;
  /** Clears the search and the selection. */
  clear(): void;
  /** All components, for their variance or to pick from. */
  loadComponents(): void;
  focusSearch(): void;
}
