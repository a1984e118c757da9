/** The additions of CONTRIBUTING.md's recipes are on the page of the copy: a panel with its request, a tool, a projection. */
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import type { Context, Feature } from "../../src/features/feature";
import type { ProjectorPage } from "../../src/page/projector_page";
import type { State } from "../../src/state/state";
import type { Store } from "../../src/state/store";
import type { Picture, PictureEvents } from "../../src/view/picture";
import { everyAction, type NotedActions } from "../every_action";
import { FakeClient } from "../fake_client";
import { all, button, wordsOf } from "./dom";
import { settled } from "./settled";

/** From the copy: its elements have the names of the real ones, so these are not imported here. */
const load = <Module>(path: string): Promise<Module> =>
  import(/* @vite-ignore */ `${inject("recipes")}/${path}.ts`) as Promise<Module>;

let store: Store;
let page: ProjectorPage;
let picture: Picture;

beforeEach(async () => {
  store = new (await load<typeof import("../../src/state/store")>("state/store")).Store();
  const on: Partial<PictureEvents> = {};
  const host = Object.assign(document.createElement("div"), { slot: "picture", className: "picture" });
  picture = new (await load<typeof import("../../src/view/picture")>("view/picture")).Picture(host, on);
  const actions = everyAction();
  await startFeatures(on, actions);
  await mountPage(host, actions);
  await showPicture();
  store.set(dataState());
  await settled();
});
afterEach(() => {
  picture.dispose();
  page.remove();
});

async function startFeatures(on: Partial<PictureEvents>, actions: NotedActions): Promise<void> {
  const { Tasks } = await load<typeof import("../../src/work/tasks")>("work/tasks");
  const coordinates = await load<typeof import("../../src/state/method_coordinates")>("state/method_coordinates");
  const client = new FakeClient({ "GET mean": ({ parameters }) => ({ mean: [0.25, Number(parameters!.step)] }) });
  const own = { tasks: new Tasks(store, async () => {}), coordinates: new coordinates.MethodCoordinates(store) };
  const context = { store, client, on, actions, ...own } as unknown as Context;
  for (const name of ["selection", "mean", "ring"]) {
    const { feature } = await load<{ feature: Feature }>(`features/${name}/index`);
    Object.assign(actions, feature.start!(context));
  }
}

async function mountPage(host: HTMLElement, actions: NotedActions): Promise<void> {
  const { installTokens } = await load<typeof import("../../src/controls/tokens")>("controls/tokens");
  const { makeCommands } = await load<typeof import("../../src/features")>("features/index");
  const { pageCommands } = await load<typeof import("../../src/page/commands")>("page/commands");
  const { ProjectorPage } = await load<typeof import("../../src/page/projector_page")>("page/projector_page");
  installTokens();
  const commands = makeCommands(store, actions, pageCommands(store)).flatMap((group) => group.commands);
  actions.commandOf.mockImplementation((id: string) => commands.find((command) => command.id === id));
  page = Object.assign(new ProjectorPage(), { store, actions });
  page.append(host);
  document.body.replaceChildren(page);
}

async function showPicture(): Promise<void> {
  const { PointColors } = await load<typeof import("../../src/state/point_colors")>("state/point_colors");
  const { showPicture } = await load<typeof import("../../src/page/show_picture")>("page/show_picture");
  showPicture(store, picture, new PointColors());
}

/** Five points, one above the other. */
function dataState(): Partial<State> {
  const step = { step: 7, version: "v", shape: [5, 2] as [number, number], dtype: "float32", file: "f" };
  const embedding = { name: "words", steps: [step], metadata: null, sprite: null };
  const shown = { run: { name: "train", embeddings: [embedding] }, embedding, step } as unknown as State["shown"];
  const components = [Float32Array.of(1, -1, 1, -1, 1), Float32Array.of(0, 1, 2, 3, 4)];
  const fields = { varianceRatios: [0.6, 0.4], rows: 5, finiteRows: 5, space: "as stored", problems: [] };
  return { shown, dimensions: 2, components: [0, 1, 0], projection: { method: "pca", components, ...fields } };
}

it("a panel asks its route, shows the answer, and has its text in the URL", async () => {
  button("Show the mean").click();
  await expect.poll(() => wordsOf(page)).toContain("0.25 7");
  store.set({ roundMean: true } as Partial<State>);
  await settled();
  expect(all("output").map((one) => one.textContent)).toContain("0 7");
  const { writeView } = await load<typeof import("../../src/state/view")>("state/view");
  expect(writeView(store.state)).toMatchObject({ roundMean: "1" });
});

it("a tool has a button with its key, and selects by a drag", async () => {
  const band = button("Band");
  expect(band.title).toBe("Band: drag up or down (Shift B)");
  band.click();
  await settled();
  expect(band.getAttribute("aria-checked")).toBe("true");
  await expect.poll(() => picture.host.dataset.painted).toBe("5");
  const heights = [1, 2, 3].map((row) => picture.pointer.locate(row)![1]);
  drag(Math.min(...heights) - 4, Math.max(...heights) + 4);
  await expect.poll(() => store.state.selection).toEqual(Int32Array.of(1, 2, 3));
  expect(store.state.selectionWords).toBe("by band");
});

it("a projection is among the others, draws its coordinates, and has its controls and its name", async () => {
  button("Ring").click();
  await settled();
  expect(store.state.coordinates).toMatchObject({ method: "ring", rows: 5 });
  expect(wordsOf(page)).toContain("ring 2-D");
  button("Go round twice").click();
  expect(store.state.coordinates!.x[1]).toBeCloseTo(Math.cos((4 * Math.PI) / 5));
});

/** Down the picture, near its left edge. */
function drag(top: number, bottom: number): void {
  const canvas = picture.host.querySelector("canvas")!;
  canvas.setPointerCapture = () => {};
  const { left, top: above } = canvas.getBoundingClientRect();
  const send = (type: string, y: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, { clientX: left + 20, clientY: above + y, pointerId: 1, buttons: 1, bubbles: true }),
    );
  send("pointerdown", top);
  send("pointermove", bottom);
  send("pointerup", bottom);
}
