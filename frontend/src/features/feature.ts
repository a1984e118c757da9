/** What a feature is to the page. `index.ts` lists them all; what they share is here and in `state/`. */
import type { Client } from "../api/client";
import type { Method } from "../data/coordinates";
import type { ListName } from "../page/fields";
import type { Actions } from "../state/actions";
import type { CommandGroup } from "../state/command";
import type { MethodCoordinates } from "../state/method_coordinates";
import type { PointColors } from "../state/point_colors";
import type { State } from "../state/state";
import type { Store } from "../state/store";
import type { Picture, PictureEvents } from "../view/picture";
import type { Presence } from "../work/presence";
import type { Tasks } from "../work/tasks";

export interface Feature {
  /** Begins to follow the state; returns what it does when it is asked. */
  start?(context: Context): Partial<Actions>;
  /** Made once: each asks the state at the moment it is used. */
  commands?(store: Store, actions: Actions): readonly CommandGroup[];
  /** Commands that follow from the data: made anew whenever they are listed. */
  dataCommands?(store: Store): readonly CommandGroup[];
  readonly panels?: readonly Panel[];
  readonly projections?: readonly ProjectionChoice[];
}

export interface Context {
  readonly store: Store;
  readonly client: Client;
  readonly tasks: Tasks;
  readonly presence: Presence;
  readonly coordinates: MethodCoordinates;
  readonly colors: PointColors;
  readonly picture: Picture;
  /** What is done when the picture tells something; each event belongs to one feature. */
  readonly on: Partial<PictureEvents>;
  /** Those of all features: to be called later, not while they start. */
  readonly actions: Actions;
  /** Opens the panel that holds such an element, and puts the keyboard into it. */
  focus(element: string): Promise<void>;
}

/**
 * Where a panel stands. Beside the picture at the left: `data`, in it `columns`, and `projection`, which stands below the
 * controls of the projection shown. At the right, the inspector: `inspector`, one `list` in front, `inspector-foot`.
 * `picture`: over it; `table`: under it; `toolbar-…`: above it, in groups.
 */
export type Place =
  | ("data" | "columns" | "projection" | "inspector" | "inspector-foot" | "picture" | "table" | "empty-page")
  | ("toolbar-tools" | "toolbar-drawing" | "toolbar-history");

export type Panel = PanelElement & ({ readonly place: Place } | { readonly place: "list"; readonly list: ListName });

interface PanelElement {
  /** The name of a `StoreElement`; what stands inside of it goes into its slot. */
  readonly element: string;
  /** Absent: always. */
  when?(state: Readonly<State>): boolean;
}

/** One of the methods that give points their places. */
export interface ProjectionChoice {
  readonly method: Method;
  readonly text: string;
  readonly words: string;
  /** The id of its command. */
  readonly command: string;
  /** Its controls: the name of a `StoreElement`. */
  readonly element: string;
  /** How to read its picture, and how not to: the name of an element. */
  readonly guide?: string;
}
