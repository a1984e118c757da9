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
  /** Starts the layout of the method shown, from the start, with the parameters as they are now. */
  runLayout(): void;
  pauseLayout(): void;
  resumeLayout(): void;
  /** Ends it; the picture stays as it is. */
  stopLayout(): void;
  /** As `runLayout`: whatever is there begins anew. */
  restartLayout(): void;
  /** Shakes the points out of their places. */
  perturbLayout(): void;
  /** Run, pause or resume, whichever is next. */
  toggleLayout(): void;
  /** Computes the custom axes as they are chosen now. */
  projectAxes(): void;
  /** Measures how far the picture on the screen can be believed. */
  measureQuality(): void;
  downloadLoadings(): void;
}
