/** A sum of points in words, and its rows. */
import type { Neighborhood } from "../data/neighborhood";
import { toRowSet } from "../data/row_sets";
import type { Term } from "../data/terms";
import { pointName } from "./derived";
import type { State } from "./state";

type Read = Readonly<State>;

/** The same terms and neighbors yield the same array, so that comparisons by identity detect no change. */
let known: { terms: readonly Term[]; neighborhood: Neighborhood | null; rows: Int32Array } | null = null;

/** «king − man + woman» */
export function sumName(state: Read): string {
  const words = state.terms.map(({ row, sign }, index) => {
    const operator = sign === 1 ? "+" : "−";
    return index === 0 && sign === 1 ? pointName(state, row) : `${operator} ${pointName(state, row)}`;
  });
  return words.join(" ");
}

/** The points of the sum, and its neighbors known so far. */
export function sumRows({ terms, sumNeighborhood: neighborhood }: Read): Int32Array {
  if (known?.terms !== terms || known.neighborhood !== neighborhood) {
    const rows = toRowSet([...terms.map(({ row }) => row), ...(neighborhood?.rows ?? [])], 2 ** 31);
    known = { terms, neighborhood, rows };
  }
  return known.rows;
}
