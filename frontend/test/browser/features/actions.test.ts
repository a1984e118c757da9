/** The features' actions are joined by name: of two with one name, the last to start would silently win. */
import { expect, it } from "vitest";
import { Client } from "../../../src/api/client";
import type { Context, Feature } from "../../../src/features/feature";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import { PointColors } from "../../../src/state/point_colors";
import { Store } from "../../../src/state/store";
import { Picture } from "../../../src/view/picture";
import { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { everyAction } from "../../every_action";

const FEATURES = import.meta.glob<Feature>("../../../src/features/*/index.ts", { eager: true, import: "feature" });

function makeContext(): Context {
  const store = new Store();
  const on = {};
  return {
    ...{ store, on, client: new Client(), tasks: new Tasks(store, async () => {}), presence: new Presence() },
    ...{ coordinates: new MethodCoordinates(store), colors: new PointColors(), actions: everyAction() },
    ...{ picture: new Picture(document.createElement("div"), on), focus: async () => {} },
  };
}

it("no two features start with an action of one name", () => {
  const context = makeContext();
  const names = Object.values(FEATURES).flatMap((feature) => Object.keys(feature.start?.(context) ?? {}));
  context.picture.dispose();
  expect(names.length).toBeGreaterThan(50);
  expect(names).toEqual([...new Set(names)]);
});
