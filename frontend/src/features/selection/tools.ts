/** The tools in words: for their buttons, their commands, and their selections. */
import type { Tool } from "./fields";

interface ToolWords {
  readonly name: string;
  /** How it is used, for its button's tooltip. */
  readonly use: string;
  readonly command: string;
  readonly key: string;
  /** «40 by lasso» */
  readonly selected: string;
}

export const TOOL_WORDS: Readonly<Record<Tool, ToolWords>> = {
  pan: {
    ...{ name: "Select", use: "click a point; drag moves the picture" },
    ...{ command: "Select by click, drag moves the picture", key: "V", selected: "by hand" },
  },
  box: {
    ...{ name: "Box", use: "drag over points; Shift adds, Alt takes out" },
    ...{ command: "Select by box (Shift adds, Alt takes out)", key: "B", selected: "by box" },
  },
  lasso: {
    ...{ name: "Lasso", use: "draw around points; Shift adds, Alt takes out" },
    ...{ command: "Select by lasso", key: "L", selected: "by lasso" },
  },
  sphere: {
    ...{ name: "Sphere", use: "drag from a point outward; Shift adds, Alt takes out" },
    ...{ command: "Select by sphere: drag from a point", key: "O", selected: "in a sphere" },
  },
};
