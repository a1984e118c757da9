/** Puts the page together. The only file, with those of `app/`, that knows all rooms. */

import { Client } from "./api/client";
import { currentTheme, readAddress, watchReload, watchTheme, writeAddress } from "./api/tensorboard_page";
import { listenToKeys } from "./app/keys";
import { Loading } from "./app/loading";
import { listenInPicture } from "./app/picture_keys";
import { Picturing } from "./app/picturing";
import { makeProjecting, type ProjectingActions } from "./app/projecting";
import { keepSearching } from "./app/searching";
import { Tasks } from "./app/tasks";
import type { Actions } from "./state/actions";
import type { State } from "./state/state";
import { Store } from "./state/store";
import { readView, VIEW_FIELDS, writeView } from "./state/view";
import { ProjectorPage } from "./ui/projector_page";
import { installTokens, showTheme } from "./ui/tokens";
import { Picture } from "./view/picture";
import { parseColor } from "./view/theme";

/** An address that changes with every key typed is an address nobody can copy. */
const ADDRESS_MS = 250;
/** What the legend follows from. */
const COLORED_BY = ["metadata", "colorBy", "labelBy", "quality", "colorByQuality"] as const;
/** Below this there is no room for a panel beside the picture. */
const NARROW = "(max-width: 899px)";

/** Shows the page. `runs` is the request for `/runs`, sent while this file was on its way. */
export function start(runs: Promise<Response>): void {
  const store = new Store();
  const client = new Client();
  const host = makeHost();
  const page = new ProjectorPage();
  const picture = makePicture(host, store);
  const tasks = new Tasks(store, () => loading.loadRuns());
  const loading = new Loading(store, client, tasks);
  const projecting = makeProjecting(store, client, tasks, loading);
  const actions: Actions = { ...makeActions(store, picture, loading, page), ...projecting };
  Object.assign(page, { store, actions });
  page.append(host);
  installTokens();
  keepTheme(store);
  keepAddress(store);
  keepPanels(store);
  keepSearching(store);
  keepPicture(store, picture, host);
  listenToKeys(store, actions);
  listenInPicture(host, picture, store);
  watchReload(() => loading.reload());
  document.body.replaceChildren(page);
  loading.loadRuns(client.readRuns(runs));
}

function makeHost(): HTMLElement {
  const host = document.createElement("div");
  host.slot = "picture";
  host.className = "picture";
  return host;
}

function makePicture(host: HTMLElement, store: Store): Picture {
  return new Picture(host, {
    onHover: (row, at) => store.set({ hover: row === null ? null : { row, ...at } }),
    onClick: (row) => store.set({ row, hover: null, ...(row === null ? {} : { list: "neighbors" as const }) }),
    onPainted: (painted) => store.set({ painted }),
    onTrouble: (trouble) => {
      const { picture: _old, ...others } = store.state.failures;
      store.set({ failures: trouble === null ? others : { ...others, picture: trouble } });
    },
    onCamera: () => {},
  });
}

function makeActions(
  store: Store,
  picture: Picture,
  loading: Loading,
  page: ProjectorPage,
): Omit<Actions, keyof ProjectingActions> {
  return {
    reload: () => loading.reload(),
    resetView: () => picture.resetView(),
    flyTo: (rows) => rows.length > 0 && picture.flyTo(rows),
    select: (row) => store.set({ row, ...(row === null ? {} : { list: "neighbors" as const }) }),
    clear: () => (store.state.problemsOpen ? store.set({ problemsOpen: false }) : store.set({ row: null, query: "" })),
    loadComponents: () => loading.loadComponents(),
    focusSearch: () => page.focusSearch(),
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

function keepAddress(store: Store): void {
  store.set(readView(readAddress()));
  let timer = 0;
  store.subscribe((state, changed) => {
    if (!VIEW_FIELDS.some((name) => changed.has(name))) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => writeAddress(writeView(state)), ADDRESS_MS);
  });
}

/** Panels fold away when the window becomes too narrow for them, and come back with the room. */
function keepPanels(store: Store): void {
  const narrow = matchMedia(NARROW);
  const follow = () => store.set({ leftOpen: !narrow.matches, rightOpen: !narrow.matches });
  follow();
  narrow.addEventListener("change", follow);
}

function keepPicture(store: Store, picture: Picture, host: HTMLElement): void {
  const picturing = new Picturing();
  store.subscribe((state, changed) => {
    if (COLORED_BY.some((name) => changed.has(name))) {
      store.set({ legend: picturing.coloring(state)?.legend ?? null });
    }
    if (changed.has("shown") && state.projection === null) picture.set({ count: 0 });
    const point = parseColor(getComputedStyle(host).getPropertyValue("--point"));
    const props = picturing.props(
      state,
      point.slice(0, 3).map((part) => Math.round(255 * part)),
    );
    if (props !== null) picture.set(props);
  });
}
