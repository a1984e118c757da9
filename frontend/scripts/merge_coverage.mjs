/**
 * Adds what ran in the tab's own tests to what vitest measured, and writes the sums that scripts/write_coverage.py reads.
 *
 *     node scripts/merge_coverage.mjs <vitest's coverage-final.json> <mapped build> <folder of V8's coverages> <summary>
 *
 * The tests run the page as users get it, so that a statement is found by the source maps of the same build: it ran if
 * the code did that its first mapped place became.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import libCoverage from "istanbul-lib-coverage";

main(...process.argv.slice(2));

function main(vitest, build, runs, summary) {
  const chunks = readChunks(build);
  const names = readdirSync(runs);
  if (!names.length) throw new Error(`${runs} holds no coverage. Run tests/browser with PAGE_COVERAGE=${runs}.`);
  for (const name of names) addRun(chunks, JSON.parse(readFileSync(join(runs, name), "utf8")));
  const coverage = JSON.parse(readFileSync(vitest, "utf8"));
  for (const file of Object.values(coverage)) {
    if (!Object.keys(file.statementMap).length) addLines(file, chunks);
    raiseCounts(file, chunks);
  }
  writeFileSync(summary, JSON.stringify(summarize(coverage)));
}

/** The chunks of a build by their names: which of their characters ran, and where each source file is in them. */
function readChunks(build) {
  const maps = readdirSync(build, { recursive: true }).filter((name) => name.endsWith(".js.map"));
  if (!maps.length)
    throw new Error(`${build} holds no source map. Build it with MAPPED_BUILD, as scripts/coverage.sh does.`);
  return new Map(maps.map((name) => [basename(name, ".map"), readChunk(join(build, name))]));
}

function readChunk(path) {
  const code = readFileSync(path.slice(0, -".map".length), "utf8");
  return { ran: new Uint8Array(code.length), places: placesBySource(code, path) };
}

/** For each source file its mapped places, `[line, column, offset in the chunk]`, in the order of the source. */
function placesBySource(code, path) {
  const map = new TraceMap(JSON.parse(readFileSync(path, "utf8")));
  const lineStarts = [0, ...[...code.matchAll(/\n/g)].map((found) => found.index + 1)];
  const places = new Map();
  eachMapping(map, ({ source, originalLine, originalColumn, generatedLine, generatedColumn }) => {
    if (source === null) return;
    const file = resolve(dirname(path), source);
    if (!places.has(file)) places.set(file, []);
    places.get(file).push([originalLine, originalColumn, lineStarts[generatedLine - 1] + generatedColumn]);
  });
  for (const list of places.values()) list.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return places;
}

/** Marks what ran of the chunks in one of V8's coverages. */
function addRun(chunks, scripts) {
  for (const { url, functions } of scripts) {
    const name = basename(new URL(url).pathname);
    const chunk = chunks.get(name);
    if (!chunk)
      throw new Error(`The tests ran ${name}, which this build does not hold. Install the package, run again.`);
    markRun(chunk.ran, functions);
  }
}

/** An inner range counts in the place of the outer one. The first character of a function belongs to what makes it. */
function markRun(ran, functions) {
  const ranges = functions.flatMap(({ ranges }) =>
    ranges.map((range, index) => ({ ...range, from: range.startOffset + (index ? 0 : Number(range.startOffset > 0)) })),
  );
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const once = new Uint8Array(ran.length);
  for (const { from, endOffset, count } of ranges) once.fill(Number(count > 0), from, endOffset);
  for (let offset = 0; offset < ran.length; offset++) ran[offset] |= once[offset];
}

/** Gives a file that no test of vitest loads, of which it knows no statements, one for each line in the build. */
function addLines(file, chunks) {
  const lines = [...chunks.values()].flatMap(({ places }) => (places.get(file.path) ?? []).map(([line]) => line));
  for (const line of new Set(lines)) {
    file.statementMap[line] = { start: { line, column: 0 }, end: { line, column: null } };
    file.s[line] = 0;
  }
}

/** Gives each statement that ran in a chunk, and not in vitest, a count of one. */
function raiseCounts(file, chunks) {
  for (const { ran, places } of chunks.values()) {
    const list = places.get(file.path);
    if (!list) continue;
    for (const [id, range] of Object.entries(file.statementMap)) {
      if (!file.s[id] && hasRun(list, range, ran)) file.s[id] = 1;
    }
  }
}

function hasRun(places, { start, end }, ran) {
  const first = places[firstFrom(places, start)];
  const isInside = first && (first[0] < end.line || (first[0] === end.line && first[1] <= (end.column ?? Infinity)));
  return Boolean(isInside && ran[first[2]]);
}

/** The index of the first place at `line` and `column` or after it. */
function firstFrom(places, { line, column }) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [atLine, atColumn] = places[middle];
    if (atLine < line || (atLine === line && atColumn < column)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function summarize(coverage) {
  const map = libCoverage.createCoverageMap(coverage);
  return Object.fromEntries(map.files().map((path) => [path, summarizeFile(map.fileCoverageFor(path))]));
}

function summarizeFile(file) {
  return { ...file.toSummary().toJSON(), missing: file.getUncoveredLines().map(Number) };
}
