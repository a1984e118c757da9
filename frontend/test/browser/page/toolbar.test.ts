/** The buttons above the picture: each has the name and the key of its command, and does what the command does. */
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import type { Runs } from "../../../src/data/runs";
import { TOOLS } from "../../../src/features/selection/fields";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { Command } from "../../../src/state/command";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage, runsOf } from "./mounted_page";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
});
afterEach(() => page.remove());

it("has the names and keys of commands, and does what they do", async () => {
  const done: string[] = [];
  actions.commandOf.mockImplementation(
    (id: string): Command => ({ id, words: "", button: `Name of ${id}`, keys: ["X"], run: () => done.push(id) }),
  );
  store.set({ ...dataState(), sprite: null, canUndo: true });
  await settled();
  const buttons = all<HTMLButtonElement>("button").filter((button) => button.ariaLabel?.startsWith("Name of "));
  for (const button of buttons) button.click();
  expect(done).toEqual(["left-panel", "labels", "turn", "reset-view", "keys", "inspector", "bookmark"]);
  expect(buttons.map(({ title, ariaLabel }) => [title, ariaLabel])).toEqual(
    done.map((id) => [`Name of ${id} (X)`, `Name of ${id}`]),
  );
});

it("runs the commands of the problems and of the tools", async () => {
  const done: string[] = [];
  actions.commandOf.mockImplementation(
    (id: string): Command => ({ id, words: id, keys: [], run: () => done.push(id) }),
  );
  const problems = [{ run: "train", level: "warning" as const, message: "m", fix: "f", file: null }];
  store.set({ ...dataState(), runs: runsOf({ problems: problems as unknown as Runs["problems"] }) });
  await settled();
  const tools = (state = "") => all<HTMLButtonElement>(`[role=radio]${state}`, all("tool-choice")[0]!.shadowRoot!);
  for (const button of [...all("button.problems"), ...tools()]) button.click();
  expect(done).toEqual(["problems", ...TOOLS.map((tool) => `tool-${tool}`)]);
  done.length = 0;
  tools("[aria-checked=true]")[0]!.dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, composed: true }),
  );
  expect(done).toEqual([`tool-${TOOLS[1]}`]);
});

it("does not turn for those who ask for less motion, and says why", async () => {
  const media = vi.spyOn(window, "matchMedia");
  onTestFinished(() => media.mockRestore());
  media.mockImplementation(
    (query) => Object.assign(new EventTarget(), { matches: query.includes("reduce") }) as MediaQueryList,
  );
  store.set({ ...dataState(), dimensions: 3 });
  await settled();
  const turns = () => all<HTMLButtonElement>("button").filter(({ ariaLabel }) => ariaLabel === "Turn slowly");
  const look = ({ disabled, title, ariaPressed }: HTMLButtonElement) => [disabled, title, ariaPressed];
  expect(turns().map(look)).toEqual([[true, "Turn slowly: off, because your system asks for less motion", "false"]]);
  media.mockRestore();
  store.set({ rotating: true });
  await settled();
  expect(turns().map(look)).toEqual([[false, "Turn slowly (Shift R)", "true"]]);
  store.set({ dimensions: 2 });
  await settled();
  expect(turns()).toEqual([]);
});

it("does not turn a layout that was computed in 2-D, and says why", async () => {
  const none = new Float32Array(3);
  const flat = { method: "tsne", x: none, y: none, z: null, rows: 3 } as unknown as State["coordinates"];
  store.set({ ...dataState(), method: "tsne", dimensions: 3, rotating: true, coordinates: flat });
  await settled();
  const turn = all<HTMLButtonElement>("button").find(({ ariaLabel }) => ariaLabel === "Turn slowly")!;
  expect([turn.disabled, turn.title, turn.ariaPressed]).toEqual([
    true,
    "Turn slowly: off, because this picture was computed in 2-D",
    "false",
  ]);
});

it("offers a command when it is available, and not before there is data", async () => {
  const isDisabled = (name: string) =>
    all<HTMLButtonElement>("button").find(({ ariaLabel }) => ariaLabel === name)!.disabled;
  store.set({ shown: null });
  await settled();
  expect(["Labels", "Reset view", "Inspector", "Keys"].map(isDisabled)).toEqual([true, true, false, false]);
  store.set(dataState());
  await settled();
  expect(["Labels", "Reset view", "Inspector", "Keys"].map(isDisabled)).toEqual([false, false, false, false]);
});

it("shows the keys of undo and of what can be saved", async () => {
  store.set({ ...dataState(), canUndo: true, undoWords: "search" });
  await settled();
  const titles = all<HTMLButtonElement>("button").map(({ title }) => title);
  expect(titles).toContain("Undo: search (Ctrl Z)");
  expect(titles).toContain("Save: picture, table, page (S)");
});
