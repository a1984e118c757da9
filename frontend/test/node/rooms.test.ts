/** A room imports only rooms to its left: `math` < `data, engine` < `api, worker, state` < `gl` < `view, ui` < `app`, which is app.ts and app/; `saved_page` stands beside `app`. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** Which rooms a room may import, itself apart. Files that lie in no room (app.ts, index.ts) may import all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  math: [],
  engine: ["math"],
  data: ["math"],
  api: ["math", "data"],
  worker: ["math", "data", "engine"],
  state: ["math", "data"],
  gl: ["math", "data"], // Plain props: it knows no state.
  view: ["math", "data", "state", "gl"],
  ui: ["math", "data", "api", "state"], // Never gl, and view only through app.
  app: ["math", "data", "api", "worker", "state", "gl", "view", "ui"],
  saved_page: ["math", "data", "view", "ui"], // A program of its own: no server, no state of the tab.
};
/** Words that mean a page; `math` and `data` run in a worker and in Node as well. */
const DOM = /(?<![\w.])(document\.|window\.|HTML\w*Element|localStorage|navigator\.|requestAnimationFrame\()/;

interface Source {
  file: string;
  room: string | null;
  text: string;
  imports: string[];
}

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map(readSource);

function readSource(file: string): Source {
  const text = readFileSync(join(SRC, file), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => match[1]!);
  const imports = specifiers.map((specifier) => relative(SRC, resolve(SRC, dirname(file), specifier)));
  return { file, room: roomOf(file), text: withoutComments(text), imports };
}

function roomOf(file: string): string | null {
  const parts = file.split(sep);
  return parts.length > 1 ? parts[0]! : null;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

describe("rooms", () => {
  it("are all known", () => {
    const rooms = new Set(sources.map((source) => source.room).filter((room) => room !== null));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it.each(sources.filter((source) => source.room !== null))("$file imports only rooms to its left", (source) => {
    const allowed = new Set([source.room, ...MAY_IMPORT[source.room!]!]);
    expect(source.imports.filter((imported) => !allowed.has(roomOf(imported)))).toEqual([]);
  });

  it("hold no circle: no file imports itself by a detour, types included", () => {
    const importsOf = new Map(sources.map(({ file, imports }) => [file.replace(/\.ts$/, ""), imports]));
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, "a circle").not.toContain(file);
      if (done.has(file)) return;
      for (const imported of importsOf.get(file) ?? []) visit(imported, [...path, file]);
      done.add(file);
    };
    const known = sources.flatMap(({ imports }) => imports).filter((imported) => importsOf.has(imported));
    expect(known.length, "imports are recognized").toBeGreaterThan(sources.length);
    for (const file of importsOf.keys()) visit(file, []);
  });

  it("keep to their trades", () => {
    const breaking = (rooms: string[], words: RegExp) =>
      sources.filter((source) => rooms.includes(source.room!) && words.test(source.text)).map((source) => source.file);
    expect(breaking(["math", "data"], DOM), "math and data know no DOM").toEqual([]);
    const others = Object.keys(MAY_IMPORT).filter((room) => room !== "api");
    expect(breaking(others, /\bfetch\(/), "only api fetches").toEqual([]);
  });

  it("evaluate no text: TensorBoard's policy may forbid it one day", () => {
    expect(sources.filter((source) => /\bnew Function\b|\beval\(/.test(source.text)).map(({ file }) => file)).toEqual(
      [],
    );
  });
});
