/** Assembles the application: the store, the picture, the features, and the page that shows them. */
import { Client } from "./api/client";
import { letGoOfJobs, takeUpJobs } from "./api/followed_jobs";
import { currentTheme, focusWhenShown, watchReload, watchTheme } from "./api/tensorboard_page";
import { installTokens, showTheme } from "./controls/tokens";
import { makeCommands, makeDataCommands, startFeatures } from "./features";
import { pageCommands } from "./page/commands";
import { listenToKeys } from "./page/keys";
import { persistPanels } from "./page/panel_sizes";
import { ProjectorPage } from "./page/projector_page";
import { showPicture } from "./page/show_picture";
import type { Actions } from "./state/actions";
import { MethodCoordinates } from "./state/method_coordinates";
import { PointColors } from "./state/point_colors";
import type { State } from "./state/state";
import { Store } from "./state/store";
import { Picture, type PictureEvents } from "./view/picture";
import { Presence } from "./work/presence";
import { Tasks } from "./work/tasks";

/** Shows the page. `runs` is the request for `/runs`, sent while this file was loading. */
export function start(runs: Promise<Response>): void {
  const store = new Store();
  const client = new Client();
  const page = new ProjectorPage();
  const actions = {} as Actions;
  const on = pictureEvents(store);
  const picture = new Picture(makeHost(), on);
  const tasks = new Tasks(store, () => actions.reload());
  const [coordinates, colors, presence] = [new MethodCoordinates(store), new PointColors(), new Presence()];
  const focus = (element: string) => page.focusOn(element);
  Object.assign(
    actions,
    startFeatures({ store, client, tasks, presence, coordinates, colors, picture, on, actions, focus }),
    pageActions(store, tasks, actions),
  );
  Object.assign(page, { store, actions });
  page.append(picture.host);
  installTokens();
  followTheme(store);
  persistPanels(store);
  showPicture(store, picture, colors);
  listenToKeys(store, actions.commands());
  focusWhenShown();
  watchReload(() => void actions.reload());
  addEventListener("pagehide", letGoOfJobs);
  addEventListener("pageshow", takeUpJobs);
  document.body.replaceChildren(page);
  void actions.loadRuns(store.state.uploads.length === 0 ? client.readJson(runs) : undefined);
}

function makeHost(): HTMLElement {
  const host = document.createElement("div");
  host.slot = "picture";
  host.className = "picture";
  return host;
}

/** Picture events that belong to no feature. */
function pictureEvents(store: Store): Partial<PictureEvents> {
  return {
    onPainted: (painted) => store.set({ painted }),
    onProblem: (problem) => {
      const { picture: _old, ...others } = store.state.failures;
      store.set({ failures: problem === null ? others : { ...others, picture: problem } });
    },
  };
}

/** Actions that belong to no feature. */
function pageActions(
  store: Store,
  tasks: Tasks,
  actions: Actions,
): Pick<Actions, "retry" | "cancel" | "commands" | "commandOf"> {
  const commands = makeCommands(store, actions, pageCommands(store));
  const byId = new Map(commands.flatMap((group) => group.commands).map((command) => [command.id, command]));
  return {
    retry: (task) => tasks.retry(task),
    cancel: (task) => tasks.cancelOnRequest(task),
    commands: () => [...commands, ...makeDataCommands(store)],
    commandOf: (id) => byId.get(id)!, // A test holds that each id in the source is a command's.
  };
}

function followTheme(store: Store): void {
  const follow = (theme: State["theme"]) => {
    showTheme(theme);
    store.set({ theme });
  };
  follow(currentTheme());
  watchTheme(follow);
}
