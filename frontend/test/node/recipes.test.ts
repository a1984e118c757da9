/** The recipes of CONTRIBUTING.md for the page, followed in a copy: they name all that has to be changed. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { PANEL } from "../recipes/panel";
import { PROJECTION } from "../recipes/projection";
import { followRecipes, type Recipe, remove } from "../recipes/recipe";
import { TOOL } from "../recipes/tool";

const TEXT = readFileSync(new URL("../../../CONTRIBUTING.md", import.meta.url), "utf8");
const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** «A panel.» up to the next recipe. */
const recipeText = (name: string) => TEXT.split(`**${name}.**`)[1]!.split("\n\n")[0]!;

function typeErrors(folder: string): string {
  try {
    execFileSync(process.execPath, [TSC, "--noEmit", "-p", folder], { encoding: "utf8" });
    return "";
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

it.each<[string, Recipe, string]>([
  ["A panel", PANEL, recipeText("A panel")],
  ["A tool of the picture", TOOL, recipeText("A tool of the picture")],
  ["A projection", PROJECTION, recipeText("A projection") + recipeText("A panel")],
])("«%s» names each file that exists and has to be changed", (_name, { edits }, text) => {
  const named = edits.map(([file]) => `frontend/src/${file}`).filter((file) => text.includes(`\`${file}\``));
  expect(named).toEqual(edits.map(([file]) => `frontend/src/${file}`));
});

it("they are followed without an error of types: nothing else lists what they add", () => {
  const folder = followRecipes([PANEL, TOOL, PROJECTION]);
  try {
    expect(typeErrors(folder)).toBe("");
  } finally {
    remove(folder);
  }
});

it("a recipe that leaves a file out has errors of types", () => {
  const folder = followRecipes([{ ...TOOL, edits: TOOL.edits.filter(([file]) => !file.endsWith("icons.ts")) }]);
  try {
    expect(typeErrors(folder)).toContain("features/selection/tool_choice.ts");
  } finally {
    remove(folder);
  }
});
