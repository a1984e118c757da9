/** Commands that change how the picture is drawn; what they change is in the menu «Drawing», too. */

import type { Command } from "../../state/command";
import { DRAWING_AT_FIRST, type DrawingState, OPACITY, POINT_SIZE } from "./fields";
import type { Store } from "../../state/store";

type Flag = { [Name in keyof DrawingState]: DrawingState[Name] extends boolean ? Name : never }[keyof DrawingState];

/** By how much one command makes points larger or denser. */
const STEP = 1.25;
/** What a point has while it is automatic, about. */
const AUTOMATIC = { pointSize: 4, opacity: 0.8 } as const;

export function drawingCommands(store: Store): Command[] {
  const isOffered = () => store.state.shown !== null;
  const flags: readonly (readonly [Flag, name: string, keys: readonly string[]])[] = [
    ["drawingOpen", "How points are drawn: size, opacity, density", ["G"]],
    ["density", "Density instead of points, on or off", ["H"]],
    ["labelPoints", "Points drawn as their labels, on or off", ["Shift N"]],
    ["showLines", "Lines through sequences on or off", ["J"]],
    ["fog", "Fog in the distance on or off", []],
    ["sizeByDepth", "Points smaller in the distance, on or off", []],
    ["showAxes", "Axes on or off", []],
    ["imagesNear", "Images only where there is room for them, on or off", []],
  ];
  const toggles = flags.map(([flag, name, keys]) => ({ name, keys, run: toggle(store, flag), isOffered }));
  const byName = (name: string, run: () => void) => ({ name, keys: [], run, isOffered });
  return [
    ...toggles,
    byName("Larger points", scale(store, "pointSize", STEP)),
    byName("Smaller points", scale(store, "pointSize", 1 / STEP)),
    byName("Points less transparent", scale(store, "opacity", STEP)),
    byName("Points more transparent", scale(store, "opacity", 1 / STEP)),
    byName("Draw as at first", () => store.set(DRAWING_AT_FIRST)),
  ];
}

function toggle(store: Store, flag: Flag): () => void {
  return () => store.set({ [flag]: !store.state[flag] });
}

function scale(store: Store, name: "pointSize" | "opacity", by: number): () => void {
  const { least, most } = name === "opacity" ? OPACITY : POINT_SIZE;
  return () => {
    const wanted = (store.state[name] || AUTOMATIC[name]) * by;
    store.set({ [name]: Number(Math.min(most, Math.max(least, wanted)).toPrecision(2)) });
  };
}
