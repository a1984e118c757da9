/** What the page can be asked to do beyond changing a field; `app` does it. */
import type { ArithmeticActions } from "../features/sums/fields";
import type { BookmarkActions } from "../features/bookmarks/fields";
import type { CardActions } from "../features/point/fields";
import type { ExportActions } from "../features/saving/fields";
import type { FilterActions } from "../features/table/filter_fields";
import type { MetadataActions } from "../features/data/metadata_fields";
import type { NavigationActions } from "../features/navigation/fields";
import type { PaletteActions } from "../page/palette_fields";
import type { SearchActions } from "../features/search/fields";
import type { SelectionActions } from "../features/selection/fields";
import type { TaskName } from "./state";
import type { TableActions } from "../features/table/fields";

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
