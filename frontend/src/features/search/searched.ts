/** The searched columns: those of the metadata, or the row numbers where there is no metadata. */
import type { Column } from "../../data/column";
import { Memo } from "../../data/memo";
import { SHORTEST } from "../../data/number_spelling";
import { searchedColumns } from "../../state/derived";
import type { State } from "../../state/state";

type Read = Readonly<State>;

const numbers = new Memo(makeRowNumbers);

/** Whether points have no other names than their row numbers. */
export function hasOnlyNumbers({ shown, metadata, metadataUpload }: Read): boolean {
  return shown !== null && shown.embedding.metadata == null && metadata === null && metadataUpload === null;
}

/** None while the metadata is on its way. */
export function columnsToSearch(state: Read): readonly Column[] {
  return hasOnlyNumbers(state) ? [numbers.of(state.shown!.step.shape[0]!)] : searchedColumns(state);
}

function makeRowNumbers(rows: number): Column {
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  return { kind: "integer", name: "row", rows, values, spelling: SHORTEST };
}
