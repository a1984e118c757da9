/** Metadata columns that name the next points of a sequence, as in TensorBoard's projector. */

export const SEQUENCE_COLUMNS = ["__next__", "__seq_next__"] as const;

export function isSequenceColumn(name: string): boolean {
  return (SEQUENCE_COLUMNS as readonly string[]).includes(name.trim());
}
