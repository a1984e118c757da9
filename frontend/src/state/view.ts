/** The view as text, for URLs, bookmarks and undo. Fields at their default are omitted. */
import type { TextForm } from "../data/field";
import { FIELDS, type State } from "./state";

/** The names of the fields that make up the view. */
export const VIEW_FIELDS = (Object.keys(FIELDS) as (keyof State)[]).filter((name) => FIELDS[name].text !== undefined);

export function writeView(state: Readonly<State>): Record<string, string> {
  const written = VIEW_FIELDS.filter((name) => !isInitial(name, state));
  return Object.fromEntries(written.map((name) => [name, textForm(name).write(state[name])]));
}

/** The fields in `tokens` with valid values; others are left unchanged. */
export function readView(tokens: Record<string, string>): Partial<State> {
  const named = VIEW_FIELDS.filter((name) => name in tokens);
  const read = named.map((name) => [name, textForm(name).read(tokens[name]!)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** What the screen calls a field of the view: «point size»; null: there is none of that name. */
export function nameOfField(field: string): string | null {
  return FIELDS[field as keyof State]?.name ?? null;
}

/** Whether a field of the view is null or at its default. */
function isInitial(name: keyof State, state: Readonly<State>): boolean {
  const [value, initial] = [state[name], FIELDS[name].initial];
  if (value === null || value === initial) return true;
  return initial !== null && textForm(name).write(value) === textForm(name).write(initial);
}

function textForm(name: keyof State): TextForm<unknown> {
  return FIELDS[name].text as TextForm<unknown>;
}
