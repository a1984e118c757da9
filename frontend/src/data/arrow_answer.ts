/**
 * One Arrow response of the server: typed columns without a copy, and the JSON documents in the schema's metadata.
 *
 * The contract (docs/http_api.md) requires one uncompressed record batch per response, so that a column is one view of
 * the received bytes; anything else is rejected here rather than misread later.
 */
import type { Field } from "@uwdata/flechette";
import { type ArrowStream, type Chunk, readArrowStream, typeName } from "./arrow_stream";
import type { Problem } from "./runs";

/** Thrown when bytes are not an Arrow stream, or not the expected one. */
export class AnswerError extends Error {
  override name = "AnswerError";
  readonly fix = "The page and the server may be of different versions: reload the page.";
}

/** Arrow's type id of fixed-size lists. */
const LIST = 16;

export class ArrowAnswer {
  readonly rows: number;
  readonly fields: readonly Field[];
  readonly #stream: ArrowStream;

  constructor(bytes: Uint8Array) {
    this.#stream = readStream(bytes);
    this.rows = this.#stream.rows;
    this.fields = this.#stream.fields;
    if (this.#stream.batches > 1) {
      throw new AnswerError(`The answer has ${this.#stream.batches} record batches; one was expected.`);
    }
  }

  /** The JSON document stored in the schema's metadata under `key`. */
  document<T>(key: string): T {
    const text = this.#stream.metadata.get(key);
    if (text === undefined) throw new AnswerError(`The answer lacks the document «${key}».`);
    return JSON.parse(text) as T;
  }

  /** Problems found while the server read the file. */
  get problems(): readonly Problem[] {
    return this.#stream.metadata.has("problems") ? this.document<Problem[]>("problems") : [];
  }

  /** The single chunk of a column; `null` if the response has no record at all. */
  chunk(name: string): Chunk | null {
    const at = this.fields.findIndex((field) => field.name === name);
    if (at < 0) throw new AnswerError(`The answer has no column «${name}»; it has ${this.#names()}.`);
    return this.#stream.chunks[at] ?? null;
  }

  /** The values of a `float32` column, including NaN and infinity. */
  floats(name: string): Float32Array {
    const values = this.#values(name);
    if (values instanceof Float32Array) return values;
    throw new AnswerError(`The column «${name}» does not hold float32.`);
  }

  /** The values of an `int32` column. */
  integers(name: string): Int32Array {
    const values = this.#values(name);
    if (values instanceof Int32Array) return values;
    throw new AnswerError(`The column «${name}» does not hold int32.`);
  }

  /** The values of a column of lists, each of length `size`, concatenated. */
  lists(name: string, size: number): unknown {
    const type = this.fields.find((field) => field.name === name)?.type;
    const chunk = this.chunk(name);
    if (type?.typeId !== LIST || type.stride !== size) {
      const held = type === undefined ? "nothing" : typeName(type);
      throw new AnswerError(`The column «${name}» holds ${held}; lists of ${size} numbers were expected.`);
    }
    if (chunk === null) return emptyOf(typeName(type.children[0]!.type));
    return chunk.values.subarray(0, size * chunk.length);
  }

  /** A response without records has no chunk and hence no typed array: returns an empty one of the column's type. */
  #values(name: string): unknown {
    const chunk = this.chunk(name);
    return chunk === null ? emptyOf(typeName(this.fields.find((field) => field.name === name)!.type)) : chunk.values;
  }

  #names(): string {
    return this.fields.map((field) => field.name).join(", ") || "none";
  }
}

function emptyOf(type: string): Float32Array | Int32Array {
  return type.startsWith("Float") ? new Float32Array(0) : new Int32Array(0);
}

function readStream(bytes: Uint8Array): ArrowStream {
  try {
    return readArrowStream(bytes);
  } catch (error) {
    throw new AnswerError(`The answer is not an Arrow stream: ${error instanceof Error ? error.message : error}.`);
  }
}
