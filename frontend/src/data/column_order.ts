/** Order of a table's columns: those moved by the user first, the others in their original order. */

/** `keys` with those in `first` at the front; unknown names are ignored. */
export function orderKeys(keys: readonly string[], first: readonly string[]): readonly string[] {
  if (first.length === 0) return keys;
  const existing = new Set(keys);
  const moved = [...new Set(first)].filter((key) => existing.has(key));
  const isMoved = new Set(moved);
  return [...moved, ...keys.filter((key) => !isMoved.has(key))];
}

/** The shortest `first` that puts `key` at `index` of `keys`, which are in the current order. */
export function moveKey(keys: readonly string[], key: string, index: number): readonly string[] {
  const at = keys.indexOf(key);
  const to = Math.min(keys.length - 1, Math.max(0, index));
  if (at < 0) return keys;
  const moved = keys.filter((one) => one !== key);
  moved.splice(to, 0, key);
  return moved.slice(0, Math.max(at, to) + 1);
}
