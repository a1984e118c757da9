/** Values that the user assigned to rows: they create new columns, and change those of the file. */
import { type CodedTexts, type Column, cellText, codedTexts, type NumberColumn } from "./column";
import { type NumberSpelling, spellNumber } from "./number_spelling";
import { TextDictionary } from "./text_dictionary";

export interface Tag {
  readonly column: string;
  /** "": clears the value of the rows. */
  readonly value: string;
  readonly rows: Int32Array;
}

const ENCODER = new TextEncoder();

/** The columns with the tags applied, oldest first; columns without tags are returned unchanged. */
export function withTags(columns: readonly Column[], tags: readonly Tag[], rows: number): readonly Column[] {
  const names = [...new Set(tags.map((tag) => tag.column))];
  const tagged = new Map(
    names.map((name) => {
      const before = columns.find((column) => column.name === name) ?? null;
      const own = tags.filter((tag) => tag.column === name);
      return [name, tagColumn(name, before, own, rows)] as const;
    }),
  );
  const added = names.filter((name) => !columns.some((column) => column.name === name));
  return [...columns.map((column) => tagged.get(column.name) ?? column), ...added.map((name) => tagged.get(name)!)];
}

/** Both; where they differ, `added` win. `tags` itself if it ends with all of them, `added` if it has all of `tags`. */
export function mergeTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const end = tags.slice(tags.length - added.length);
  if (end.length === added.length && end.every((tag, at) => isSameTag(tag, added[at]!))) return tags;
  const others = tags.filter((tag) => !added.some((one) => isSameTag(tag, one)));
  return others.length === 0 ? added : [...others, ...added];
}

function isSameTag(one: Tag, other: Tag): boolean {
  if (one.column !== other.column || one.value !== other.value || one.rows.length !== other.rows.length) return false;
  return one.rows === other.rows || one.rows.every((row, at) => row === other.rows[at]);
}

/** A numeric column stays numeric while all its tags are numbers. */
function tagColumn(name: string, before: Column | null, tags: readonly Tag[], rows: number): Column {
  if (before !== null && before.kind !== "text" && tags.every((tag) => isNumber(tag.value))) {
    return tagNumbers(before, tags);
  }
  return { kind: "text", name, rows, ...tagTexts(before === null ? emptyTexts(rows) : asTexts(before), tags) };
}

function tagTexts({ codes, dictionary }: CodedTexts, tags: readonly Tag[]): CodedTexts {
  const texts = [...new Set(tags.map((tag) => tag.value))].filter((text) => text !== "");
  const { codeOf, dictionary: larger } = extend(dictionary, texts);
  const changed = codes.slice();
  for (const tag of tags) {
    const code = tag.value === "" ? -1 : codeOf.get(tag.value)!;
    for (const row of tag.rows) if (row < changed.length) changed[row] = code;
  }
  return { codes: changed, dictionary: larger };
}

function tagNumbers(before: NumberColumn, tags: readonly Tag[]): NumberColumn {
  const values = before.values.slice();
  for (const tag of tags) {
    const value = tag.value === "" ? Number.NaN : Number(tag.value);
    for (const row of tag.rows) if (row < values.length) values[row] = value;
  }
  const isWhole = tags.every((tag) => tag.value === "" || Number.isInteger(Number(tag.value)));
  const kind = before.kind === "integer" && isWhole ? "integer" : "number";
  return { ...before, kind, values, spelling: tagSpelling(before, tags) };
}

/** A tag is shown as it was typed, and every other cell as before: their texts are kept if no rule has both. */
function tagSpelling(before: NumberColumn, tags: readonly Tag[]): NumberSpelling {
  const { spelling } = before;
  const follows = ({ value }: Tag) => value === "" || spellNumber(Number(value), spelling) === value;
  if (spelling.kind !== "own" && tags.every(follows)) return spelling;
  return { kind: "own", ...tagTexts(asTexts(before), tags) };
}

function isNumber(text: string): boolean {
  return text === "" || (text.trim() !== "" && Number.isFinite(Number(text)));
}

function emptyTexts(rows: number): CodedTexts {
  const dictionary = new TextDictionary(new Uint8Array(0), new Int32Array(1));
  return { codes: new Int32Array(rows).fill(-1), dictionary };
}

function asTexts(column: Column): CodedTexts {
  const texts = codedTexts(column);
  if (texts !== null) return texts;
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(column.rows).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    const text = cellText(column, row);
    if (text === null) continue;
    const known = codeOf.get(text);
    codes[row] = known ?? codeOf.size;
    if (known === undefined) codeOf.set(text, codeOf.size);
  }
  return { codes, dictionary: TextDictionary.ofAscii([...codeOf.keys()]) };
}

/** The dictionary extended by these texts, and their codes. The existing bytes are copied, not decoded. */
function extend(
  before: TextDictionary,
  texts: readonly string[],
): { dictionary: TextDictionary; codeOf: Map<string, number> } {
  const wanted = new Set(texts);
  const codeOf = new Map<string, number>();
  before.all().forEach((text, code) => {
    if (wanted.has(text)) codeOf.set(text, code);
  });
  const added = texts.filter((text) => !codeOf.has(text)).map((text) => ENCODER.encode(text));
  const end = before.offsets[before.size] ?? 0;
  const bytes = new Uint8Array(end + added.reduce((sum, one) => sum + one.length, 0));
  const offsets = new Int32Array(before.size + added.length + 1);
  bytes.set(before.bytes.subarray(0, end));
  offsets.set(before.offsets.subarray(0, before.size + 1));
  added.forEach((one, at) => {
    const from = offsets[before.size + at]!;
    bytes.set(one, from);
    offsets[before.size + at + 1] = from + one.length;
  });
  let next = before.size;
  for (const text of texts) if (!codeOf.has(text)) codeOf.set(text, next++);
  return { dictionary: new TextDictionary(bytes, offsets), codeOf };
}
