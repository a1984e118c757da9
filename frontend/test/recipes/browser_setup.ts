/** Before the tests in Chromium: a copy of the page in which all recipes were followed. */
import { basename } from "node:path";
import type { TestProject } from "vitest/node";
import { PANEL } from "./panel";
import { PROJECTION } from "./projection";
import { followRecipes, remove } from "./recipe";
import { TOOL } from "./tool";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the copy's sources on the server. */
    recipes: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = followRecipes([PANEL, TOOL, PROJECTION]);
  project.provide("recipes", `/${basename(folder)}/src`);
  return () => remove(folder);
}
