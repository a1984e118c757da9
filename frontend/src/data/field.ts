/**
 * A field of the state: its default and, if it is part of the view encoded in URLs, its conversion to text and back.
 * Invalid text yields no value: the field keeps its default.
 */

export type Field<T> = HeldField<T> | ViewField<T>;

interface HeldField<T> {
  readonly initial: T;
  readonly text?: undefined;
  readonly name?: undefined;
}

interface ViewField<T> {
  readonly initial: T;
  readonly text: TextForm<T>;
  /** Its name on the screen, as in a sentence after «the»: «point size». */
  readonly name: string;
}

/** One field per property of the state. */
type Fields<State> = { readonly [Name in keyof State]: Field<State[Name]> };

/** One feature's part of the page's state, actions and tasks. */
export interface Part<State, Actions = object, Task extends string = never> {
  readonly fields: Fields<State>;
  /** Tasks that the user may be waiting for. */
  readonly tasks?: readonly Task[];
  /** Never set: it carries the type of the actions, which `index.ts` of the feature implements. */
  readonly actions?: Actions;
}

export interface TextForm<T> {
  read(text: string): T | undefined;
  write(value: T): string;
}

/** A field that is not part of URLs. */
export function held<T>(initial: T): Field<T> {
  return { initial };
}

export function flag(initial: boolean, name: string): Field<boolean> {
  const read = (text: string) => (text === "1" ? true : text === "0" ? false : undefined);
  return { initial, name, text: { read, write: (value) => (value ? "1" : "0") } };
}

export function choice<T extends string | number>(initial: T, among: readonly T[], name: string): Field<T> {
  return { initial, name, text: { read: (text) => among.find((one) => String(one) === text), write: String } };
}

export function words(initial: string, name: string): Field<string> {
  return { initial, name, text: { read: (text) => text, write: String } };
}

/** A name, or null. Null is not written, because an empty name is valid. */
export function optionalName(name: string): Field<string | null> {
  return { initial: null, name, text: { read: (text) => text, write: (value) => value ?? "" } };
}

export function optionalWhole(min: number, name: string): Field<number | null> {
  return { initial: null, name, text: { read: (text) => readWhole(text, min), write: String } };
}

export function whole(initial: number, min: number, max: number, name: string): Field<number> {
  return { initial, name, text: { read: (text) => readWhole(text, min, max), write: String } };
}

/** A number, integer or not. */
export function number(initial: number, min: number, max: number, name: string): Field<number> {
  const read = (text: string) => {
    const value = Number(text);
    return /^\d+(\.\d+)?(e-?\d+)?$/.test(text) && value >= min && value <= max ? value : undefined;
  };
  return { initial, name, text: { read, write: String } };
}

/** A list of integers, as many as in `initial`. */
export function wholes(initial: readonly number[], min: number, max: number, name: string): Field<readonly number[]> {
  const read = (text: string) => {
    const numbers = text.split(",").map((part) => readWhole(part, min, max));
    return numbers.length === initial.length && numbers.every((number) => number !== undefined) ? numbers : undefined;
  };
  return { initial, name, text: { read, write: (value) => value.join(",") } };
}

function readWhole(text: string, min: number, max = 2 ** 31 - 1): number | undefined {
  const number = Number(text);
  return /^-?\d+$/.test(text) && number >= min && number <= max ? number : undefined;
}
