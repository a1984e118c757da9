/**
 * All features, by the names of their folders: the only list of them. The state, the actions, the tasks and the panels
 * follow from it. They start in this order, and their panels and commands appear in it.
 */
import { ADDRESS } from "./address/fields";
import { AS_IS } from "./as_is/fields";
import { AXES } from "./axes/fields";
import { BOOKMARKS } from "./bookmarks/fields";
import { COLORING } from "./coloring/fields";
import { DATA } from "./data/fields";
import { DRAWING } from "./drawing/fields";
import { HISTORY } from "./history/fields";
import { LAYOUT } from "./layout/fields";
import { NAVIGATION } from "./navigation/fields";
import { NEIGHBORS } from "./neighbors/fields";
import { PCA } from "./pca/fields";
import { POINT } from "./point/fields";
import { PROJECTION } from "./projection/fields";
import { QUALITY } from "./quality/fields";
import { SAVING } from "./saving/fields";
import { SEARCH } from "./search/fields";
import { SELECTION } from "./selection/fields";
import { TABLE } from "./table/fields";

/** The features in their order: history starts after the URL is applied, so that its first step is that view. */
export const FEATURES = {
  data: DATA,
  pca: PCA,
  layout: LAYOUT,
  axes: AXES,
  as_is: AS_IS,
  projection: PROJECTION,
  quality: QUALITY,
  address: ADDRESS,
  search: SEARCH,
  selection: SELECTION,
  history: HISTORY,
  point: POINT,
  neighbors: NEIGHBORS,
  coloring: COLORING,
  drawing: DRAWING,
  saving: SAVING,
  navigation: NAVIGATION,
  table: TABLE,
  bookmarks: BOOKMARKS,
};
