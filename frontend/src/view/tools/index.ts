/** The tools of the picture, by name. */

import { boxTool } from "./box";
import { lassoTool } from "./lasso";
import { pointTool } from "./point";
import { sphereTool } from "./sphere";
import type { Tool } from "./tool";

export const TOOLS = {
  pan: pointTool,
  box: boxTool,
  lasso: lassoTool,
  sphere: sphereTool,
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;
