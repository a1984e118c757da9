/** What the page can be asked to do beyond changing a field; `app` does it. */
import type { ArithmeticActions } from "./arithmetic_state";
import type { BookmarkActions } from "./bookmark_state";
import type { CardActions } from "./card_state";
import type { ExportActions } from "./export_state";
import type { FilterActions } from "./filter_state";
import type { MetadataActions } from "./metadata_state";
import type { NavigationActions } from "./navigation_state";
import type { PaletteActions } from "./palette_state";
import type { SearchActions } from "./search_state";
import type { SelectionActions } from "./selection_state";
import type { TaskName } from "./state";
import type { TableActions } from "./table_state";

export interface Actions
  extends ArithmeticActions,
    BookmarkActions,
    CardActions,
    ExportActions,
    FilterActions,
    MetadataActions,
    NavigationActions,
    PaletteActions,
    SearchActions,
    SelectionActions,
    TableActions {
  /** Looks at the logdir again. */
  reload(): void;
  retry(task: TaskName): void;
  cancel(task: TaskName): void;
  resetView(): void;
  /** Moves the camera so that these rows fill the picture. */
  flyTo(rows: Int32Array): void;
  /** Takes a point, or none, as the selected one. */
  select(row: number | null): void;
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
