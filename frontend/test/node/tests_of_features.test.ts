/** Each panel and each follower of a feature has a file of tests that is named after it. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FEATURES = fileURLToPath(new URL("../../src/features", import.meta.url));
const TESTS = ["node", "browser"].map((project) => fileURLToPath(new URL(`../${project}/features`, import.meta.url)));

/** «pca_panel» for `pca/panel.ts`, «tsne_panel» for `layout/tsne_panel.ts`. */
function namesOf(kind: "panel" | "follow"): string[] {
  const files = readdirSync(FEATURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(FEATURES, name)).map((file) => ({ name, file })));
  return files.flatMap(({ name, file }) => {
    if (file === `${kind}.ts`) return `${name}_${kind}`;
    return file.endsWith(`_${kind}.ts`) ? file.slice(0, -".ts".length) : [];
  });
}

it.each(["panel", "follow"] as const)("no file named %s is without", (kind) => {
  const names = namesOf(kind);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !TESTS.some((folder) => existsSync(join(folder, `${name}.test.ts`))))).toEqual([]);
});
