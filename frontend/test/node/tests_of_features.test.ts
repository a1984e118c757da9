/** Each file of a feature that registers an element, or follows the state, has a file of tests that is named after it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const FEATURES = fileURLToPath(new URL("../../src/features", import.meta.url));
const TESTS = ["node", "browser"].map((project) => fileURLToPath(new URL(`../${project}/features`, import.meta.url)));
/** What registers an element, or runs whenever the state changes. */
const HAS_TESTS = /@customElement\(|\bstore\.subscribe\(/;
const IS_NAMED_SO = /(^|_)(panel|follow)$/;

/** Parts that are tested in the file of tests of a whole, which imports them: nothing else shows or starts them. */
const PARTS: Readonly<Record<string, string>> = {
  "address/missing": "address/follow",
  "axes/axis_field": "axes/panel",
  "axes/axis_search": "axes/axis_field",
  "coloring/color_controls": "coloring/panel",
  "coloring/legend_categories": "coloring/legend",
  "coloring/legend_scale": "coloring/legend",
  "data/left_out": "data/unshown_run",
  "layout/run_controls": "layout/tsne_panel",
  "neighbors/distance_list": "neighbors/panel",
  "neighbors/neighbor_controls": "neighbors/panel",
  "point/media_view": "point/panel",
  "selection/tag_form": "selection/panel",
  "table/column_choice": "table/panel",
  "table/column_filter": "table/panel",
  "table/grid": "table/panel",
};
/** The list stands in the inspector, and is filled by the field of the panel: they are tested together. */
const TOGETHER: Readonly<Record<string, string>> = { "search/match_list": "search/panel" };

/** «pca/panel» */
const FILES = readdirSync(FEATURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(FEATURES, name)).map((file) => `${name}/${basename(file, ".ts")}`));

const read = (file: string) => readFileSync(join(FEATURES, `${file}.ts`), "utf8");
const needTests = FILES.filter((file) => IS_NAMED_SO.test(basename(file)) || HAS_TESTS.test(read(file)));

/** «pca_panel» or «panel» for `pca/panel`; the latter only where no other feature has a file of this name. */
function namesFor(file: string): string[] {
  const [feature, name] = file.split("/") as [string, string];
  const isAlone = FILES.filter((one) => basename(one) === name).length === 1;
  return [`${feature}_${name}`, ...(isAlone ? [name] : [])];
}

function hasTests(file: string): boolean {
  const whole = PARTS[file] ?? TOGETHER[file];
  if (whole !== undefined) return hasTests(whole);
  return namesFor(file).some((name) => TESTS.some((folder) => existsSync(join(folder, `${name}.test.ts`))));
}

describe("no file without tests", () => {
  it("registers an element or follows the state", () => {
    expect(needTests.length).toBeGreaterThan(70);
    expect(needTests.filter((file) => !hasTests(file))).toEqual([]);
  });

  it("is called a part of one that does not import it, or that it does not need", () => {
    const imports = (whole: string, part: string) => read(whole).includes(`"./${basename(part)}"`);
    expect(Object.entries(PARTS).filter(([part, whole]) => !imports(whole, part))).toEqual([]);
    const listed = [...Object.keys(PARTS), ...Object.keys(TOGETHER)];
    expect(listed.filter((file) => !needTests.includes(file))).toEqual([]);
  });
});
