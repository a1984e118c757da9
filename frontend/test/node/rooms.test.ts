/**
 * A room imports only rooms to its left: `math` < `data, engine` < `fields` < `api, worker, state` < `controls, work, gl` <
 * `view` < `features` < `page` < app.ts; `saved_page` stands beside `page`. `fields` are the files of that name: a feature
 * knows another one by its fields only, and the page knows features by their list.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FEATURES } from "../../src/features/fields";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const ENGINE = fileURLToPath(new URL("../../engine", import.meta.url));

/** Which rooms a room may import, itself apart. Files that lie in no room (app.ts, index.ts) may import all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  math: [],
  engine: ["math"],
  data: ["math"],
  fields: ["math", "data"],
  api: ["math", "data"],
  worker: ["math", "data", "engine"],
  state: ["math", "data", "fields"],
  controls: ["math", "data"], // They know no state.
  work: ["math", "data", "api", "state"],
  gl: ["math", "data"], // Plain props: it knows no state.
  view: ["math", "data", "gl"],
  features: ["math", "data", "fields", "api", "worker", "state", "controls", "work", "view"], // Never gl.
  page: ["math", "data", "fields", "state", "controls", "view", "features"],
  saved_page: ["math", "data", "controls", "view"], // A program of its own: no server, no state of the tab.
};
/** Rooms that every room above them may import, whether it does so today or not. */
const GROUND = ["math", "data"];
/** Files of the features that are for the page. */
const FACE = ["features", "features/index", "features/feature"];
/** The one list of features, which the state follows from. */
const LIST = join("features", "fields");
/** Words that mean a page; `math` and `data` run in a worker and in Node as well. */
const DOM = /(?<![\w.])(document\.|window\.|HTML\w*Element|localStorage|navigator\.|requestAnimationFrame\()/;

/** Elements that read a field outside of `this.state`: none of these decides what they draw. */
const READ_UNWATCHED = [
  join("features", "coloring", "legend.ts"), // Its measured corner, which it has just drawn and is about to report.
];

/** A decorated field, which Lit reads by its name, and a constructor: neither can have a «#». */
const MUST_BE_NAMED = /@\w+\([^)]*\)\s+private\b|\bprivate constructor\b/g;
/** A member that is private by a keyword or by its name. Constructor parameters (`private readonly store: Store,`) may be. */
const PRIVATE_MEMBER = /^ +private (?:\w+ )*\w+.*(?:[;{=]|=>)$|^ {2}(?:\w+ )*_\w+ ?[!?:=;(<].*$|\bthis\._\w+/gm;

interface Source {
  file: string;
  room: string | null;
  text: string;
  imports: string[];
}

const sources = readSources(SRC);

function readSources(root: string): Source[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.map((file) => readSource(root, file));
}

function readSource(root: string, file: string): Source {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => match[1]!);
  const listed = [...text.matchAll(/\bimport\.meta\.glob\S*\(\s*"\.\/\*\/(\w+)\.ts"/g)].flatMap((match) =>
    foldersWith(`${match[1]}.ts`, join(root, dirname(file))).map((folder) => `./${folder}/${match[1]}`),
  );
  const imports = [...specifiers, ...listed].map((specifier) =>
    relative(root, resolve(root, dirname(file), specifier)),
  );
  return { file, room: roomOf(file), text: withoutComments(text), imports };
}

/** The folders directly in `parent` that have this file. */
function foldersWith(name: string, parent: string): string[] {
  const folders = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((entry) => entry.name).filter((folder) => existsSync(join(parent, folder, name)));
}

function roomOf(file: string): string | null {
  const parts = file.replace(/\.ts$/, "").split(sep);
  if (parts.at(-1) === "fields") return "fields";
  return parts.length > 1 || parts[0] === "features" ? parts[0]! : null;
}

/** «coloring» for a file of that feature. */
function featureOf(file: string): string | null {
  const [room, name, ...rest] = file.replace(/\.ts$/, "").split(sep);
  return room === "features" && name !== undefined && (rest.length > 0 || !FACE.includes(`features/${name}`))
    ? name
    : null;
}

/** The files of one circle, the first of them again at its end; null if there is none. */
function circleIn(importsOf: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    const found = (importsOf.get(file) ?? []).map((imported) => visit(imported, [...path, file]));
    done.add(file);
    return found.find((circle) => circle !== null) ?? null;
  };
  return [...importsOf.keys()].map((file) => visit(file, [])).find((circle) => circle !== null) ?? null;
}

/** The members that should be private by «#». */
function privateMembers(text: string): string[] {
  const rest = text.replace(MUST_BE_NAMED, "");
  return [...rest.matchAll(PRIVATE_MEMBER)].map(([line]) => line.trim());
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

describe("rooms", () => {
  it("are all known", () => {
    const rooms = new Set(sources.map((source) => source.room).filter((room) => room !== null));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))("%s is in the architecture", (room) => {
    const page = readFileSync(fileURLToPath(new URL("../../../docs/architecture.md", import.meta.url)), "utf8");
    expect(page).toMatch(new RegExp(`\`(\\*/)?${room}[\`/.]`));
  });

  it.each(sources.filter((source) => source.room !== null))("$file imports only rooms to its left", (source) => {
    const allowed = new Set([source.room, ...MAY_IMPORT[source.room!]!]);
    expect(source.imports.filter((imported) => !allowed.has(roomOf(imported)))).toEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT))("%s needs each of the rooms that it may import", (room, allowed) => {
    const needed = new Set(
      sources.filter((source) => source.room === room).flatMap(({ imports }) => imports.map(roomOf)),
    );
    expect(allowed.filter((name) => !GROUND.includes(name) && !needed.has(name))).toEqual([]);
  });

  it.each(sources.filter(({ room }) => room === "features" || room === "page"))(
    "$file knows other features by their fields only",
    ({ file, room, imports }) => {
      const inside = imports.filter((imported) => roomOf(imported) === "features" && !FACE.includes(imported));
      const own =
        file === join("features", "index.ts") ? inside : inside.filter((one) => featureOf(one) === featureOf(file));
      expect(room === "page" ? inside : inside.filter((one) => !own.includes(one))).toEqual([]);
    },
  );

  it("of the features are all in their list, by the names of their folders", () => {
    const folders = readdirSync(join(SRC, "features"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(Object.keys(FEATURES).sort()).toEqual(folders.map(({ name }) => name).sort());
    for (const name of Object.keys(FEATURES)) {
      expect(foldersWith("index.ts", join(SRC, "features")), "each makes its feature").toContain(name);
      const { imports } = sources.find(({ file }) => file === join("features", "index.ts"))!;
      expect(imports, "the page gets it").toContain(join("features", name, "index"));
    }
    const ofState = sources.filter(({ room }) => room === "state").flatMap(({ imports }) => imports);
    expect(ofState.filter((imported) => featureOf(imported) !== null && imported !== LIST)).toEqual([]);
  });

  it("hold no circle: no file imports itself by a detour, types included", () => {
    const inEngine = readSources(ENGINE);
    for (const files of [sources, inEngine]) {
      const importsOf = new Map(files.map(({ file, imports }) => [file.replace(/\.ts$/, ""), imports]));
      const known = files.flatMap(({ imports }) => imports).filter((imported) => importsOf.has(imported));
      expect(known.length, "imports are recognized").toBeGreaterThan(files.length);
      expect(circleIn(importsOf), "a circle").toBeNull();
    }
  });

  it("would not hold a circle unseen", () => {
    const straight: [string, string[]][] = [
      ["a", ["b", "c"]],
      ["b", ["c"]],
      ["c", []],
    ];
    expect(circleIn(new Map(straight))).toBeNull();
    expect(circleIn(new Map([...straight, ["c", ["a"]]]))).toEqual(["a", "b", "c", "a"]);
  });

  it("keep to their trades", () => {
    const breaking = (rooms: string[], words: RegExp) =>
      sources.filter((source) => rooms.includes(source.room!) && words.test(source.text)).map((source) => source.file);
    expect(breaking(["math", "data", "engine"], DOM), "these run in a worker and in Node too").toEqual([]);
    const others = Object.keys(MAY_IMPORT).filter((room) => room !== "api");
    expect(breaking(others, /\bfetch\(/), "only api fetches").toEqual([]);
  });

  it("of the page name no element of a feature: it brings its own styles", () => {
    const faces = sources.filter(({ file }) => /^features\/\w+\/index\.ts$/.test(file.split(sep).join("/")));
    const elements = faces.flatMap(({ text }) => [...text.matchAll(/element: "([a-z-]+)"/g)].map(([, name]) => name!));
    expect(elements.length).toBeGreaterThan(20);
    const named = sources
      .filter(({ room }) => room === "page")
      .flatMap(({ file, text }) => elements.filter((name) => text.includes(name)).map((name) => `${file}: ${name}`));
    expect(named).toEqual([]);
  });

  it("have elements that watch what they read: `this.state` knows which fields, `this.store.state` does not", () => {
    const elements = sources.filter(({ text }) => text.includes("extends StoreElement"));
    const reading = elements.filter(({ text }) => text.includes("this.store.state"));
    expect(elements.length).toBeGreaterThan(20);
    expect(reading.map(({ file }) => file)).toEqual(READ_UNWATCHED);
  });

  it("have members that are private by «#» only, or protected for a class that extends theirs", () => {
    expect(sources.flatMap(({ file, text }) => privateMembers(text).map((member) => `${file}: ${member}`))).toEqual([]);
    const hooks = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bprotected (?!override)(?:\w+ )*(\w+)/g)].map(([, name]) => ({ file, name: name! })),
    );
    const isOfUse = ({ file, name }: (typeof hooks)[number]) =>
      sources.some((other) => other.file !== file && new RegExp(`\\b(override |this\\.)${name}\\b`).test(other.text));
    expect(hooks.length).toBeGreaterThan(0);
    expect(hooks.filter((hook) => !isOfUse(hook))).toEqual([]);
  });

  it("would not have other private members unseen", () => {
    const members = ["private open = true;", "private readonly at: Map<A, B>;", "private async go(): Promise<void> {"];
    const underscored = ["_hidden = 1;", "readonly _one: number;", "_go(a: number) {"];
    const text = [...members, ...underscored].map((member) => `  ${member}`).join("\n");
    expect(privateMembers(`class A {\n${text}\n}`)).toEqual([...members, ...underscored]);
    expect(privateMembers('class B {\n  @query("a") private a!: A;\n  private constructor() {}\n  #b = 1;\n}')).toEqual(
      [],
    );
    expect(privateMembers("class C {\n  constructor(\n    private readonly store: Store,\n  ) {}\n}")).toEqual([]);
  });

  it("evaluate no text: TensorBoard's policy may forbid it one day", () => {
    expect(sources.filter((source) => /\bnew Function\b|\beval\(/.test(source.text)).map(({ file }) => file)).toEqual(
      [],
    );
  });
});
