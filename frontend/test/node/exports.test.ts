/** An export is for another file: what only its own file uses is not exported, what only tests use is listed here. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importersOf, type Texts } from "./exports";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Exports that TensorBoard calls. */
const ENTRY = "src/index.ts: render";
/** Functions of a kernel, which the page calls by the names in `index.ts`. */
const KERNEL = /^engine\/\w+\/index\.ts: /;
/** Parts that tests look at alone: steps of a computation, limits, and the types of what they make up. */
const FOR_TESTS = [
  "src/api/jobs.ts: Job",
  "src/api/kernels.ts: hasSimd",
  "src/data/categorical_colors.ts: SAFE_TEN",
  "src/data/row_window.ts: TALLEST_PX",
  "src/data/runs.ts: Embedding",
  "src/data/search.ts: TEXTS_PER_REPORT",
  "src/data/search.ts: makeMatch",
  "src/data/text_order.ts: rankByBytes",
  "src/engine/layout.ts: Metric",
  "src/engine/settling.ts: SETTLING_ITERATIONS",
  "src/engine/tsne.ts: SyncTsneLayout",
  "src/engine/tsne.ts: TsneLayout",
  "src/features/neighbors/sum_follow.ts: readExpression",
  "src/math/room.ts: Sight",
  "src/math/ticks.ts: roundStep",
  "src/work/presence.ts: AWAY_AFTER_MS",
  "src/worker/layout_runner.ts: BUFFERS",
];

function textsIn(folder: string): [string, string][] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?ts$/.test(file))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .map((file) => [file, readFileSync(join(ROOT, file), "utf8")]);
}

function withImporters(files: Texts, importers: Texts, isWanted: (by: readonly string[]) => boolean): string[] {
  return [...importersOf(files, importers)].filter(([, by]) => isWanted(by)).map(([name]) => name);
}

const onlyTests = (by: readonly string[]) => by.length > 0 && by.every((file) => file.startsWith("test/"));
const nobody = (by: readonly string[]) => by.length === 0;

describe("exports", () => {
  const src = new Map(textsIn("src"));
  const engine = new Map(textsIn("engine").filter(([file]) => file.endsWith(".ts")));
  const all = new Map([...src, ...textsIn("test"), ...textsIn("engine")]);

  it("are recognized", () => {
    expect(importersOf(src, all).size).toBeGreaterThan(src.size);
    expect(importersOf(src, all).get("src/state/store.ts: Store")!.length).toBeGreaterThan(50);
  });

  it("are imported by another file", () => {
    expect(withImporters(src, all, nobody)).toEqual([ENTRY]);
    expect(withImporters(engine, all, nobody).filter((name) => !KERNEL.test(name))).toEqual([]);
  });

  it("are imported by more than tests, apart from those that are there for tests", () => {
    expect(withImporters(src, all, onlyTests).sort()).toEqual(FOR_TESTS);
  });

  it("of made-up files are found: a type and a constant of one file only, a function for a test", () => {
    const files = new Map([
      [
        "src/a.ts",
        "export interface Alone {}\nexport const LIMIT = 1;\nexport type Shared = Alone;\nexport class C {}",
      ],
      ["src/b/index.ts", 'import { type Shared as S, C } from "../a";\nexport async function tested(): Promise<S> {}'],
      ["src/c.ts", 'export { C as Renamed } from "./a";\n@customElement("an-element")\nexport class An {}'],
    ]);
    const test = ["test/b.test.ts", 'import { tested } from "../src/b";'] as const;
    const importers = new Map([...files, test]);
    expect(withImporters(files, importers, nobody)).toEqual([
      "src/a.ts: Alone",
      "src/a.ts: LIMIT",
      "src/c.ts: Renamed",
    ]);
    expect(withImporters(files, importers, onlyTests)).toEqual(["src/b/index.ts: tested"]);
  });
});
