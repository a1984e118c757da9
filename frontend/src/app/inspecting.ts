/** What the inspector does: searches, walks along what was found, and adds and subtracts points. */
import type { Client } from "../api/client";
import type { CardActions } from "../features/point/fields";
import type { SearchActions } from "../features/search/fields";
import type { SelectionActions } from "../features/selection/fields";
import type { Store } from "../state/store";
import type { Picture } from "../view/picture";
import { makeCard } from "../features/point/media_files";
import { keepSearching } from "../features/search/follow";
import { makeSumming, type SummingActions } from "../features/sums/follow";
import type { Tasks } from "../work/tasks";

export type InspectingActions = SearchActions & SummingActions & CardActions;

export function makeInspecting(
  store: Store,
  client: Client,
  tasks: Tasks,
  picture: Picture,
  select: SelectionActions["selectRows"],
): InspectingActions {
  const show = (row: number) => {
    if (picture.locate(row) === null) picture.flyTo(Int32Array.of(row));
  };
  return {
    ...keepSearching(store, { select, show }),
    ...makeSumming(store, client, tasks),
    ...makeCard(store, client),
  };
}
