/** The page's whole state: the fields of all features, joined. Those with a text form make up the view. */
import { type Fields, held } from "../data/field";
import type { Failure, Task } from "../data/task";
import { ADDRESS_FIELDS, type AddressState } from "../features/address/fields";
import { AS_IS_FIELDS, AS_IS_TASKS, type AsIsState } from "../features/as_is/fields";
import { AXES_FIELDS, AXES_TASKS, type AxesState } from "../features/axes/fields";
import { BOOKMARKS_FIELDS, type BookmarksState } from "../features/bookmarks/fields";
import { COLORING_FIELDS, COLORING_TASKS, type ColoringState } from "../features/coloring/fields";
import { DATA_FIELDS, DATA_TASKS, type DataState } from "../features/data/fields";
import { DRAWING_FIELDS, type DrawingState } from "../features/drawing/fields";
import { HISTORY_FIELDS, type HistoryState } from "../features/history/fields";
import { LAYOUT_FIELDS, LAYOUT_TASKS, type LayoutState } from "../features/layout/fields";
import { NAVIGATION_FIELDS, type NavigationState } from "../features/navigation/fields";
import {
  NEIGHBORS_FIELDS,
  NEIGHBORS_TASKS,
  type NeighborsState,
  SUMS_FIELDS,
  SUMS_TASKS,
  type SumsState,
} from "../features/neighbors/fields";
import { PCA_FIELDS, PCA_TASKS, type PcaState } from "../features/pca/fields";
import { POINT_FIELDS, type PointState } from "../features/point/fields";
import { PROJECTION_FIELDS, type ProjectionState } from "../features/projection/fields";
import { QUALITY_FIELDS, QUALITY_TASKS, type QualityState } from "../features/quality/fields";
import { SAVING_FIELDS, type SavingState } from "../features/saving/fields";
import { SEARCH_FIELDS, SEARCH_TASKS, type SearchState } from "../features/search/fields";
import { SELECTION_FIELDS, SELECTION_TASKS, type SelectionState } from "../features/selection/fields";
import { FILTER_FIELDS, type FilterState, TABLE_FIELDS, type TableState } from "../features/table/fields";
import { PAGE_FIELDS, type PageState } from "../page/fields";

/** Tasks that the user may be waiting for. */
export const TASKS = [
  ...DATA_TASKS,
  ...PCA_TASKS,
  ...LAYOUT_TASKS,
  ...AXES_TASKS,
  ...AS_IS_TASKS,
  ...COLORING_TASKS,
  ...SEARCH_TASKS,
  ...SELECTION_TASKS,
  ...NEIGHBORS_TASKS,
  ...SUMS_TASKS,
  ...QUALITY_TASKS,
] as const;
export type TaskName = (typeof TASKS)[number];

/** Running and failed tasks. */
interface TaskState {
  tasks: Partial<Record<TaskName, Task>>;
  failures: Partial<Record<TaskName | "picture", Failure>>;
}

export interface State
  extends DataState,
    PcaState,
    ProjectionState,
    LayoutState,
    AxesState,
    AsIsState,
    ColoringState,
    SearchState,
    SelectionState,
    NeighborsState,
    SumsState,
    PointState,
    QualityState,
    BookmarksState,
    TableState,
    DrawingState,
    NavigationState,
    SavingState,
    HistoryState,
    AddressState,
    FilterState,
    PageState,
    TaskState {}

export const FIELDS: Fields<State> = {
  ...DATA_FIELDS,
  ...PCA_FIELDS,
  ...PROJECTION_FIELDS,
  ...LAYOUT_FIELDS,
  ...AXES_FIELDS,
  ...AS_IS_FIELDS,
  ...COLORING_FIELDS,
  ...SEARCH_FIELDS,
  ...SELECTION_FIELDS,
  ...NEIGHBORS_FIELDS,
  ...SUMS_FIELDS,
  ...POINT_FIELDS,
  ...QUALITY_FIELDS,
  ...BOOKMARKS_FIELDS,
  ...TABLE_FIELDS,
  ...DRAWING_FIELDS,
  ...NAVIGATION_FIELDS,
  ...SAVING_FIELDS,
  ...HISTORY_FIELDS,
  ...ADDRESS_FIELDS,
  ...FILTER_FIELDS,
  ...PAGE_FIELDS,
  tasks: held({}),
  failures: held({}),
};

export function initialState(): State {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field.initial])) as unknown as State;
}
