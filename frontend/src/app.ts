/** Puts the page together. The only file, with those of `app/`, that knows all rooms. */

import { Client } from "./api/client";
import { currentTheme, takeKeysWhenShown, watchReload, watchTheme } from "./api/tensorboard_page";
import { keepAddress } from "./page/address";
import { AreaSelecting } from "./features/selection/area_selecting";
import { makeBookmarking } from "./features/bookmarks/follow";
import { clear } from "./features/selection/clearing";
import { makeCommands } from "./app/commands";
import { makeExporting } from "./features/saving/follow";
import { keepHistory } from "./features/history/follow";
import { keepImages } from "./features/coloring/image_sheet";
import { makeInspecting } from "./app/inspecting";
import { makeIsolating } from "./features/selection/isolating";
import { followCamera, noteCamera } from "./features/navigation/camera";
import { listenToKeys } from "./page/keys";
import { Loading } from "./features/data/follow";
import { Memo } from "./data/memo";
import { keepMetadata, makeMetadataEditing } from "./features/data/editing";
import { makeNavigating } from "./features/navigation/walking";
import { keepPanels } from "./page/panel_sizes";
import { listenInPicture } from "./features/navigation/picture_keys";
import { Picturing } from "./page/picture_props";
import { placeCommands } from "./app/place_commands";
import { Places } from "./state/method_coordinates";
import { makeProjecting } from "./app/projecting";
import { clickPoint, makeSelecting, pickPoint } from "./features/selection/selecting";
import { keepSequences } from "./features/drawing/sequences";
import { keepTable, makeTableActions } from "./features/table/follow";
import { Tasks } from "./work/tasks";
import { makeUploading } from "./features/data/uploads";
import type { Actions } from "./state/actions";
import type { LayoutStatus } from "./features/layout/status";
import type { SelectionActions } from "./features/selection/fields";
import type { State } from "./state/state";
import { Store } from "./state/store";
import { ProjectorPage } from "./page/projector_page";
import { installTokens, showTheme } from "./page/tokens";
import { Picture } from "./view/picture";
import { parseColor } from "./view/theme";

/** What the legend follows from. */
const COLORED_BY = ["metadata", "colorBy", "colorChoice", "labelBy", "quality", "colorByQuality"] as const;

/** Shows the page. `runs` is the request for `/runs`, sent while this file was on its way. */
export function start(runs: Promise<Response>): void {
  const store = new Store();
  const client = new Client();
  const host = makeHost();
  const page = new ProjectorPage();
  const picture = makePicture(host, store);
  const tasks = new Tasks(store, () => loading.loadRuns());
  const loading = new Loading(store, client, tasks);
  const places = new Places(store);
  const projecting = makeProjecting(store, client, tasks, loading, places);
  keepAddress(store);
  const selection = { ...makeSelecting(store), ...makeIsolating(store, client, tasks), ...keepHistory(store) };
  const actions: Actions = {
    ...makeActions(store, picture, loading, page, selection),
    ...projecting,
    ...makeNavigating(store, picture),
    ...makeInspecting(store, client, tasks, picture, selection.selectRows),
    ...makeTableActions(store, picture, page),
    ...makeUploading(store, client, tasks, loading),
    ...makeMetadataEditing(store),
    ...makeExporting(store, client, picture),
    ...makeBookmarking(store, client, tasks, places, projecting.stopLayout),
    commands: () => [...commands, ...placeCommands(store)],
  };
  const commands = makeCommands(store, actions);
  Object.assign(page, { store, actions });
  page.append(host);
  installTokens();
  keepTheme(store);
  keepPanels(store);
  keepMetadata(store);
  keepImages(store, client, tasks);
  keepTable(store);
  keepSequences(store);
  keepPicture(store, picture, host);
  keepBusy(store, host);
  followCamera(store, picture);
  listenToKeys(store, commands);
  takeKeysWhenShown();
  listenInPicture(host, picture, store);
  watchReload(() => loading.reload());
  document.body.replaceChildren(page);
  loading.loadRuns(store.state.uploads.length === 0 ? client.readRuns(runs) : undefined);
}

function makeHost(): HTMLElement {
  const host = document.createElement("div");
  host.slot = "picture";
  host.className = "picture";
  return host;
}

function makePicture(host: HTMLElement, store: Store): Picture {
  const areas = new AreaSelecting(store);
  return new Picture(host, {
    onHover: (row, at) => store.set({ hover: row === null ? null : { row, ...at } }),
    onClick: (row, event) => clickPoint(store, row, event.shiftKey || event.ctrlKey || event.metaKey),
    onPainted: (painted) => store.set({ painted }),
    onTrouble: (trouble) => {
      const { picture: _old, ...others } = store.state.failures;
      store.set({ failures: trouble === null ? others : { ...others, picture: trouble } });
    },
    onCamera: (camera) => noteCamera(store, camera),
    onArea: (told) => areas.hear(told),
    onTaken: () => store.set({ rotating: false }),
  });
}

/** What no file of `app/` makes. */
type BasicActions = SelectionActions &
  Pick<Actions, "reload" | "resetView" | "flyTo" | "select" | "loadComponents" | "focusSearch" | "focusTerms">;

function makeActions(
  store: Store,
  picture: Picture,
  loading: Loading,
  page: ProjectorPage,
  selection: Omit<SelectionActions, "clear">,
): BasicActions {
  return {
    ...selection,
    reload: () => loading.reload(),
    resetView: () => picture.resetView(),
    flyTo: (rows) => rows.length > 0 && picture.flyTo(rows),
    select: (row) => pickPoint(store, row),
    clear: () => clear(store, selection.leaveSubset),
    loadComponents: () => loading.loadComponents(),
    focusSearch: () => page.focusSearch(),
    focusTerms: () => page.focusTerms(),
  };
}

function keepTheme(store: Store): void {
  const follow = (theme: State["theme"]) => {
    showTheme(theme);
    store.set({ theme });
  };
  follow(currentTheme());
  watchTheme(follow);
}

/** Says of the picture whether something is under way that may change it. */
function keepBusy(store: Store, host: HTMLElement): void {
  host.ariaBusy = "false";
  store.subscribe(({ tasks }, changed) => {
    if (changed.has("tasks")) host.ariaBusy = String(Object.keys(tasks).length > 0);
  });
}

/** The color of points that nothing colors, 0 to 255 each, in the theme that is shown. */
function readPointRgb(host: HTMLElement): readonly number[] {
  const point = parseColor(getComputedStyle(host).getPropertyValue("--point"));
  return point.slice(0, 3).map((part) => Math.round(255 * part));
}

function keepPicture(store: Store, picture: Picture, host: HTMLElement): void {
  const picturing = new Picturing();
  const pointRgb = new Memo((_theme: State["theme"]) => readPointRgb(host));
  let phase: LayoutStatus["phase"] | null = null;
  store.subscribe((state, changed) => {
    if (COLORED_BY.some((name) => changed.has(name))) {
      store.set({ legend: picturing.coloring(state)?.legend ?? null });
    }
    if (changed.has("sizeBy") || changed.has("metadata")) {
      store.set({ sizeLegend: picturing.sizing(state)?.legend ?? null });
    }
    if (changed.has("shown") && state.projection === null) picture.set({ count: 0 });
    const props = picturing.props(state, () => pointRgb.of(state.theme));
    if (props !== null) picture.set(props);
    const before = phase;
    phase = state.layout?.phase ?? null;
    if (phase === "ended" && before !== "ended") picture.refit();
  });
}
