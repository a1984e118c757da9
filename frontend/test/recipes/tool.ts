/** The recipe of a tool: a band, which takes all points between two heights. */
import type { Recipe } from "./recipe";

export const TOOL: Recipe = {
  files: {
    "view/tools/band.ts": `
/** A band as wide as the picture, from the press to the pointer. */
import { boxBetween, type Search, searchBox } from "../../math/areas";
import type { Area, AreaPoints, Tool } from "./tool";

/** Width in px that no picture has. */
const WIDE = 1e5;

export const bandTool: Tool = { begin: (x, y) => new BandArea(x, y) };

class BandArea implements Area {
  at: { readonly x: number; readonly y: number };
  readonly #top: number;

  constructor(x: number, y: number) {
    this.at = { x, y };
    this.#top = y;
  }

  goTo(x: number, y: number): void {
    this.at = { x, y };
  }

  search({ projector, count }: AreaPoints): Search {
    return searchBox(projector, count, boxBetween(-WIDE, this.#top, WIDE, this.at.y));
  }

  trace(path: CanvasPath): void {
    path.rect(-WIDE, this.#top, 2 * WIDE, this.at.y - this.#top);
  }
}
`,
  },
  edits: [
    ["view/tools/index.ts", "import { boxTool }", 'import { bandTool } from "./band";\nimport { boxTool }'],
    ["view/tools/index.ts", "  box: boxTool,", "  box: boxTool,\n  band: bandTool,"],
    [
      "features/selection/fields.ts",
      "  lasso: {",
      `  band: {
    ...{ name: "Band", use: "drag up or down" },
    ...{ command: "Select by band", key: "Shift B", selected: "by band" },
  },
  lasso: {`,
    ],
    ["controls/icons.ts", "  lasso: svg", '  band: svg`<path d="M2 5h12M2 11h12"/>`,\n  lasso: svg'],
  ],
};
