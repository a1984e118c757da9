/** The interface of a feature. `index.ts` lists them all; what they share is here and in `state/`. */
import type { Client } from "../api/client";
import type { IconName } from "../controls/icons";
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
  /** Begins to follow the state; returns the feature's actions. */
  start?(context: Context): Partial<Actions>;
  /** Called once: each command reads the state when it is used. */
  commands?(store: Store, actions: Actions): readonly CommandGroup[];
  /** Commands that depend on the data: recreated whenever they are listed. */
  dataCommands?(store: Store): readonly CommandGroup[];
  /** Buttons of the toolbar come among the panels there, in this order. */
  readonly panels?: readonly (Panel | ToolbarButton)[];
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
  /** Handlers of the picture's events; each event belongs to one feature. */
  readonly on: Partial<PictureEvents>;
  /** The actions of all features: to be called later, not during the start. */
  readonly actions: Actions;
  /** Opens the panel that contains this element, and focuses it. */
  focus(element: string): Promise<void>;
}

/**
 * Location of a panel. To the left of the picture: `data`, in it `columns`, and `projection`, which is below the
 * controls of the current projection. To the right, the inspector: `inspector`, one `list` in front, `inspector-foot`.
 * `picture`: over it; `table`: below it; `status`: in the bar at the bottom. `empty-page-head`, `empty-page`: without data, above and below
 * the words on how to get some; `empty-page-foot`: also while data is looked for.
 */
export type PanelSlot =
  | ("data" | "columns" | "projection" | "inspector" | "inspector-foot" | "picture" | "table" | "status")
  | ("empty-page-head" | "empty-page" | "empty-page-foot");

/** Groups of the toolbar above the picture. */
export type ToolbarSlot = "toolbar-tools" | "toolbar-dimensions" | "toolbar-drawing" | "toolbar-history";

export type Panel = (PanelElement & { readonly slot: PanelSlot | ToolbarSlot }) | ListPanel;

/** A button of the toolbar: its name, its tooltip and what it does are those of its command. */
export interface ToolbarButton {
  readonly slot: ToolbarSlot;
  /** Id of the command. */
  readonly command: string;
  readonly icon: IconName;
  /** Whether it is on; absent: it is not turned on and off. */
  pressed?(state: Readonly<State>): boolean;
  /** Absent: always. */
  when?(state: Readonly<State>): boolean;
  /** «off, because your system asks for less motion»: why it can do nothing now; null: it can. */
  whyOff?(state: Readonly<State>): string | null;
}

/** A list of points in the inspector. */
export interface ListPanel extends PanelElement {
  readonly slot: "list";
  readonly list: ListName;
  /** «Neighbors» */
  readonly words: string;
  /** Number of its points; undefined: not known yet. */
  count(state: Readonly<State>): number | undefined;
}

interface PanelElement {
  /** Tag name of a `StoreElement`; panels inside of it go into its slot. */
  readonly element: string;
  /** Absent: always. */
  when?(state: Readonly<State>): boolean;
}

/** A projection method. */
export interface ProjectionChoice {
  readonly method: Method;
  readonly text: string;
  readonly words: string;
  /** Id of its command. */
  readonly command: string;
  /** Its controls: tag name of a `StoreElement`. */
  readonly element: string;
  /** Guide to reading its picture: tag name of an element. */
  readonly guide?: string;
}
