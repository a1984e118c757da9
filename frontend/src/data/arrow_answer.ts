/**
 * One Arrow answer of the server: typed columns without a copy, and the JSON documents in the schema's metadata.
 *
 * The contract (docs/http_api.md) has one uncompressed record batch an answer, so that a column is one view of the bytes
 * that came; anything else is refused here rather than misread later.
 */
import { type Data, DataType, type Field, type Table, tableFromIPC } from "apache-arrow";
import type { Problem } from "./runs";

/** Thrown when bytes are no Arrow stream, or not the one expected. */
export class AnswerError extends Error {
  override name = "AnswerError";
  readonly fix = "The page and the server may be of different versions: reload the page.";
}

export class ArrowAnswer {
  readonly rows: number;
  readonly fields: readonly Field[];
  readonly #table: Table;

  constructor(bytes: Uint8Array) {
    this.#table = parseTable(bytes);
    this.rows = this.#table.numRows;
    this.fields = this.#table.schema.fields;
    if (this.#table.batches.length > 1) {
      throw new AnswerError(`The answer has ${this.#table.batches.length} record batches; one was expected.`);
    }
  }

  /** The JSON document that the schema's metadata holds under `key`. */
  document<T>(key: string): T {
    const text = this.#table.schema.metadata.get(key);
    if (text === undefined) throw new AnswerError(`The answer lacks the document «${key}».`);
    return JSON.parse(text) as T;
  }

  /** What was found wrong while the answer was read from its file. */
  get problems(): readonly Problem[] {
    return this.#table.schema.metadata.has("problems") ? this.document<Problem[]>("problems") : [];
  }

  /** The one chunk of a column; `null` where the answer has no record at all. */
  chunk(name: string): Data<DataType> | null {
    const vector = this.#table.getChild(name);
    if (vector === null) throw new AnswerError(`The answer has no column «${name}»; it has ${this.#names()}.`);
    return vector.data[0] ?? null;
  }

  /** The numbers of a `float32` column, NaN and infinity included. */
  floats(name: string): Float32Array {
    const values = this.#values(name);
    if (values instanceof Float32Array) return values;
    throw new AnswerError(`The column «${name}» does not hold float32.`);
  }

  /** The numbers of an `int32` column. */
  integers(name: string): Int32Array {
    const values = this.#values(name);
    if (values instanceof Int32Array) return values;
    throw new AnswerError(`The column «${name}» does not hold int32.`);
  }

  /** The numbers of a column of lists, each `size` long, one list after the other. */
  lists(name: string, size: number): unknown {
    const type = this.fields.find((field) => field.name === name)?.type;
    const chunk = this.chunk(name);
    if (type === undefined || !DataType.isFixedSizeList(type) || type.listSize !== size) {
      throw new AnswerError(`The column «${name}» holds ${type}; lists of ${size} numbers were expected.`);
    }
    const items = chunk?.children[0];
    if (chunk === null || items === undefined)
      return String(type).includes("Int") ? new Int32Array(0) : new Float32Array(0);
    const first = items.offset + size * chunk.offset;
    return items.values.subarray(first, first + size * chunk.length);
  }

  /** An answer without records has no chunk, hence no array whose type could be wrong: an empty one of the kind asked for. */
  #values(name: string): unknown {
    const chunk = this.chunk(name);
    if (chunk !== null) return chunk.values.subarray(chunk.offset, chunk.offset + chunk.length);
    const isFloat = String(this.fields.find((field) => field.name === name)?.type).startsWith("Float");
    return isFloat ? new Float32Array(0) : new Int32Array(0);
  }

  #names(): string {
    return this.fields.map((field) => field.name).join(", ") || "none";
  }
}

function parseTable(bytes: Uint8Array): Table {
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    throw new AnswerError(`The answer is no Arrow stream: ${error instanceof Error ? error.message : error}.`);
  }
}
