/** Which files import each export, by the text of the files. */
import { dirname, join } from "node:path/posix";

export type Texts = ReadonlyMap<string, string>;

const FROM = /\b(?:import|export)\s+(?:type\s+)?(?:\w+\s*,\s*)?(\{[^}]*\}|\*(?:\s+as\s+\w+)?)\s*from\s*"(\.[^"]+)"/g;
const DYNAMIC = /\bimport\(\s*"(\.[^"]+)"\s*\)/g;
const GLOB = /\bimport\.meta\.glob\S*\(\s*"\.\/\*\/(\w+)\.ts"/g;
/** A custom element is exported for its type, and used by its tag. */
const DECLARED =
  /^(@customElement\(.*\)\s+)?export (?:abstract |async |declare )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;

/** The files of `importers` that import each export of `files`: «math/areas.ts: Box» with none, with some. */
export function importersOf(files: Texts, importers: Texts): Map<string, readonly string[]> {
  const uses = [...importers].flatMap(([file, text]) => usesIn(file, text));
  const pairs = [...files].flatMap(([file, text]) =>
    exportsOf(text).map((name) => {
      const using = uses.filter((use) => isOf(use.of, file) && (use.name === name || use.name === "*"));
      return [`${file}: ${name}`, [...new Set(using.map(({ by }) => by))]] as const;
    }),
  );
  return new Map(pairs);
}

function usesIn(by: string, text: string): { by: string; of: string; name: string }[] {
  const use = (specifier: string, name: string) => ({ by, of: join(dirname(by), specifier), name });
  return [
    ...[...text.matchAll(FROM)].flatMap(([, names, from]) => namesIn(names!, 0).map((name) => use(from!, name))),
    ...[...text.matchAll(DYNAMIC)].map(([, from]) => use(from!, "*")),
    ...[...text.matchAll(GLOB)].map(([, name]) => use(`./*/${name}`, "*")),
  ];
}

function exportsOf(text: string): string[] {
  const declared = [...text.matchAll(DECLARED)].filter(([, element]) => element === undefined);
  const listed = [...text.matchAll(LISTED)].flatMap(([, names]) => namesIn(names!, -1));
  return [...declared.map(([, , name]) => name!), ...listed];
}

/** «{ a, type b as c }»: the names on the side of the exporting file (0), or those given to them (-1). */
function namesIn(list: string, side: 0 | -1): string[] {
  if (list.startsWith("*")) return ["*"];
  const each = list.replace(/[{}]/g, "").split(",");
  return each
    .map(
      (one) =>
        one
          .trim()
          .replace(/^type /, "")
          .split(" as ")
          .at(side)!,
    )
    .filter((name) => name !== "");
}

/** Whether «state/state», «features», or a pattern with one star, is this file. */
function isOf(imported: string, file: string): boolean {
  const name = file.replace(/\.ts$/, "");
  const [start, end] = imported.split("*");
  if (end !== undefined) return name.startsWith(start!) && name.endsWith(end);
  return [name, name.replace(/\/index$/, ""), file].includes(imported);
}
