/** Actions of the page beyond changing a field. Each feature implements its own. */

import type { AxesActions } from "../features/axes/fields";
import type { BookmarksActions } from "../features/bookmarks/fields";
import type { DataActions } from "../features/data/fields";
import type { HistoryActions } from "../features/history/fields";
import type { LayoutActions } from "../features/layout/fields";
import type { NavigationActions } from "../features/navigation/fields";
import type { NeighborsActions, SumsActions } from "../features/neighbors/fields";
import type { PcaActions } from "../features/pca/fields";
import type { PointActions } from "../features/point/fields";
import type { QualityActions } from "../features/quality/fields";
import type { SavingActions } from "../features/saving/fields";
import type { SearchActions } from "../features/search/fields";
import type { SelectionActions } from "../features/selection/fields";
import type { FilterActions, TableActions } from "../features/table/fields";
import type { CommandGroup } from "./command";
import type { TaskName } from "./state";

export interface Actions
  extends DataActions,
    PcaActions,
    LayoutActions,
    AxesActions,
    BookmarksActions,
    SearchActions,
    SelectionActions,
    NeighborsActions,
    SumsActions,
    PointActions,
    QualityActions,
    TableActions,
    NavigationActions,
    SavingActions,
    HistoryActions,
    FilterActions {
  /** Retries a failed task. */
  retry(task: TaskName): void;
  cancel(task: TaskName): void;
  /** All commands, available at present or not. */
  commands(): readonly CommandGroup[];
  /** The key of a command for display: «Shift R»; "" if it has none. */
  keyOf(id: string): string;
}
