/** scripts/merge_coverage.mjs, as `make coverage` runs it, on one small chunk. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../scripts/merge_coverage.mjs", import.meta.url));
/** Output of a minifier for four lines: `const f = () => {`, `if (x) return 1;`, `return 2;` and `f();`. */
const CODE = "const f=()=>x?1:2;f();";
const LAMBDA = { startOffset: CODE.indexOf("()"), endOffset: CODE.indexOf(";") };
const ELSE = { startOffset: CODE.indexOf("2"), endOffset: LAMBDA.endOffset };
/** Place in the code, and line and column of the source, from 0. */
const PLACES = [
  [LAMBDA.startOffset, 0, 10],
  [CODE.indexOf("x"), 1, 6],
  [CODE.indexOf("1"), 1, 16],
  [ELSE.startOffset, 2, 9],
  [CODE.lastIndexOf("f"), 3, 0],
];
const STATEMENTS = [at(1, 10, 4), at(2, 2, 2), at(3, 2, 3), at(4, 0, 4)];
const WHOLE = { functionName: "", ranges: [{ startOffset: 0, endOffset: CODE.length, count: 1 }] };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coverage-"));
  for (const name of ["build/chunks", "runs"]) mkdirSync(join(folder, name), { recursive: true });
  write("build/chunks/app-1.js", CODE);
  const mappings = [PLACES.map(([offset, line, column]) => [offset, 0, line, column])];
  write("build/chunks/app-1.js.map", JSON.stringify({ version: 3, sources: ["../../src/f.ts"], names: [], mappings }));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("counts what defines a function as run, and its body as not", () => {
  addRun([WHOLE, lambda(0)]);
  expect(lines([0, 0, 0, 0])).toEqual({ total: 4, covered: 2, skipped: 0, pct: 50 });
});

it("takes together what several pages ran", () => {
  addRun([WHOLE, lambda(1, ELSE)]);
  expect(lines([0, 0, 0, 0]).covered).toBe(3);
  addRun([WHOLE, lambda(1)]);
  expect(lines([0, 0, 0, 0]).covered).toBe(4);
});

it("keeps what vitest ran", () => {
  addRun([]);
  expect(lines([0, 0, 3, 0]).covered).toBe(1);
});

it("refuses scripts of another build, and a run that measured nothing", () => {
  expect(() => lines([0, 0, 0, 0])).toThrow("holds no coverage");
  addRun([WHOLE], "app-2.js");
  expect(() => lines([0, 0, 0, 0])).toThrow("The tests ran app-2.js");
});

it("takes the lines of a file that vitest does not load from the build", () => {
  addRun([WHOLE, lambda(1, ELSE)]);
  expect(sums({}, {}).lines).toMatchObject({ total: 4, covered: 3 });
});

it("names the lines that did not run", () => {
  addRun([WHOLE, lambda(1, ELSE)]);
  expect(sums({ ...STATEMENTS }, { ...[0, 0, 0, 0] }).missing).toEqual([3]);
});

it("says how to build with maps", () => {
  rmSync(join(folder, "build/chunks/app-1.js.map"));
  expect(() => lines([0, 0, 0, 0])).toThrow("MAPPED_BUILD");
});

function at(line: number, column: number, endLine: number) {
  return { start: { line, column }, end: { line: endLine, column: 20 } };
}

function lambda(count: number, unused?: { startOffset: number; endOffset: number }) {
  const ranges = [{ ...LAMBDA, count }];
  return { functionName: "f", ranges: unused ? [...ranges, { ...unused, count: 0 }] : ranges };
}

function write(name: string, text: string) {
  writeFileSync(join(folder, name), text);
}

function addRun(functions: unknown[], chunk = "app-1.js") {
  const url = `http://localhost:6006/data/plugin/embeddings/chunks/${chunk}`;
  write(`runs/${crypto.randomUUID()}.json`, JSON.stringify([{ url, functions }]));
}

/** The lines of the merged sums, where vitest counted `counts`. */
function lines(counts: number[]) {
  return sums({ ...STATEMENTS }, { ...counts }).lines;
}

function sums(statementMap: object, s: object) {
  const path = join(folder, "src/f.ts");
  const coverage = { path, statementMap, s, fnMap: {}, f: {}, branchMap: {}, b: {} };
  write("vitest.json", JSON.stringify({ [path]: coverage }));
  const names = ["vitest.json", "build", "runs", "sums.json"].map((name) => join(folder, name));
  execFileSync(process.execPath, [SCRIPT, ...names], { stdio: "pipe" });
  return JSON.parse(readFileSync(join(folder, "sums.json"), "utf8"))[path];
}
