/** Commands for the appearance of the picture; the menu «Drawing» has the same settings. */

import { opacityFor } from "../../math/point_size";
import type { Command } from "../../state/command";
import { hasData, pointCount } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { type DrawingState, INITIAL_DRAWING, OPACITY, POINT_SIZE } from "./fields";

type Flag = { [Name in keyof DrawingState]: DrawingState[Name] extends boolean ? Name : never }[keyof DrawingState];

/** Factor by which one command changes the size or opacity of points. */
const STEP = 1.25;
/** Approximate automatic values of a point, the opacity of one among few. */
const AUTOMATIC = { pointSize: 4, opacity: 0.8 } as const;

const FLAGS: readonly (readonly [id: string, flag: Flag, words: string, keys: readonly string[], button?: string])[] = [
  ["labels", "showLabels", "Labels on or off", ["N"], "Labels"],
  ["drawing", "drawingOpen", "How points are drawn: size, opacity, density", ["G"]],
  ["density", "density", "Density instead of points, on or off", ["H"]],
  ["label-points", "labelPoints", "Points drawn as their labels, on or off", ["Shift N"]],
  ["name-colors", "nameColors", "Names of the colors on or off", []],
  ["lines", "showLines", "Lines through sequences on or off", ["J"]],
  ["fog", "fog", "Fog in the distance on or off", []],
  ["size-by-depth", "sizeByDepth", "Points smaller in the distance, on or off", []],
  ["axes", "showAxes", "Axes on or off", []],
  ["images-near", "imagesNear", "Images only where there is room for them, on or off", []],
  ["list-images", "listImages", "Images in lists of points on or off", []],
];

export function drawingCommands(store: Store): Command[] {
  const toggles = FLAGS.map(([id, flag, words, keys, button = words]) => ({
    id,
    words,
    button,
    keys,
    run: toggle(store, flag),
    when: hasData,
  }));
  const change = (id: string, words: string, run: () => void): Command => ({ id, words, keys: [], run, when: hasData });
  return [
    ...toggles,
    {
      id: "images",
      ...{ words: "Images on or off", button: "Images", keys: ["M"] },
      run: toggle(store, "showImages"),
      when: ({ sprite }) => sprite !== null,
    },
    change("larger-points", "Larger points", scale(store, "pointSize", STEP)),
    change("smaller-points", "Smaller points", scale(store, "pointSize", 1 / STEP)),
    change("denser-points", "Points less transparent", scale(store, "opacity", STEP)),
    change("lighter-points", "Points more transparent", scale(store, "opacity", 1 / STEP)),
    change("draw-as-at-first", "Draw as at first", () => store.set(INITIAL_DRAWING)),
  ];
}

function toggle(store: Store, flag: Flag): () => void {
  return () => store.set({ [flag]: !store.state[flag] });
}

function automatic(state: Readonly<State>, name: "pointSize" | "opacity"): number {
  return name === "opacity" ? opacityFor(pointCount(state), AUTOMATIC.opacity) : AUTOMATIC.pointSize;
}

function scale(store: Store, name: "pointSize" | "opacity", by: number): () => void {
  const { min, max } = name === "opacity" ? OPACITY : POINT_SIZE;
  return () => {
    const wanted = (store.state[name] || automatic(store.state, name)) * by;
    store.set({ [name]: Number(Math.min(max, Math.max(min, wanted)).toPrecision(2)) });
  };
}
