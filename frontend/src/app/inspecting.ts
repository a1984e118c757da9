/** What the inspector does: searches, walks along what was found, and adds and subtracts points. */
import type { Client } from "../api/client";
import type { CardActions } from "../state/card_state";
import type { SearchActions } from "../state/search_state";
import type { SelectionActions } from "../state/selection_state";
import type { Store } from "../state/store";
import type { Picture } from "../view/picture";
import { makeCard } from "./point_media";
import { keepSearching } from "./searching";
import { makeSumming, type SummingActions } from "./summing";
import type { Tasks } from "./tasks";

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
