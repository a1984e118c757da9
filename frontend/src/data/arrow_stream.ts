/**
 * The columns of an Arrow stream as views of the received bytes. Flechette decodes the messages; its tables are not
 * used, since they decode every text of a dictionary at once: a million labels, of which a list shows twenty.
 */
import type { DataType, Field, RecordBatch } from "@uwdata/flechette";
import { decodeIPC } from "@uwdata/flechette/src/decode/decode-ipc.js";

type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;

/** One column of one record batch. */
export interface Chunk {
  readonly length: number;
  readonly nullCount: number;
  /** One bit per record, 0 for null; empty if there are no nulls. */
  readonly validity: Uint8Array;
  /** For lists: the items of all of them; for texts: the index of each in `texts`. */
  readonly values: Numbers;
  readonly texts: Texts | null;
}

/** Text i lies between offsets i and i + 1 of the bytes, which are UTF-8. */
interface Texts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

export interface ArrowStream {
  readonly fields: readonly Field[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly batches: number;
  readonly rows: number;
  /** Chunks of the first batch, by column index. */
  readonly chunks: readonly Chunk[];
}

/** Throws if the bytes are not an Arrow stream, or hold what the server never sends. */
export function readArrowStream(bytes: Uint8Array): ArrowStream {
  const { schema, dictionaries, records } = decodeIPC(bytes);
  if (schema === undefined) throw new Error("it has no schema");
  const texts = new Map<number, Texts>();
  for (const { id, data, body } of dictionaries ?? []) texts.set(id, readTexts(new Buffers({ ...data, body: body! })));
  const batch = records?.[0];
  const buffers = batch === undefined ? null : new Buffers(batch);
  const chunks = buffers === null ? [] : schema.fields.map(({ type }) => readChunk(type, buffers, texts));
  const rows = (records ?? []).reduce((sum, { length }) => sum + (length ?? 0), 0);
  return { fields: schema.fields, metadata: schema.metadata ?? new Map(), batches: records?.length ?? 0, rows, chunks };
}

/** The type's name, for messages: «Float32», «Int32». */
export function typeName(type: DataType): string {
  if ("values" in type && typeof type.values === "function") return type.values.name.replace("Array", "");
  return type.typeId === -1 ? "Dictionary" : `type ${type.typeId}`;
}

/** The buffers of a batch in the format's order, depth first. */
class Buffers {
  #node = 0;
  #region = 0;

  constructor(private readonly batch: RecordBatch) {
    if (batch.compression != null) throw new Error("its columns are compressed");
  }

  node(): { length: number; nullCount: number } {
    return this.batch.nodes[this.#node++]!;
  }

  next(): Uint8Array {
    const { offset, length } = this.batch.regions[this.#region++]!;
    return this.batch.body!.subarray(offset, offset + length);
  }
}

function readChunk(type: DataType, buffers: Buffers, texts: ReadonlyMap<number, Texts>): Chunk {
  const { length, nullCount } = buffers.node();
  const validity = buffers.next();
  if (type.typeId === -1) {
    const values = view(buffers.next(), type.indices.values as never);
    return { length, nullCount, validity, values: values.subarray(0, length), texts: texts.get(type.id) ?? null };
  }
  if (type.typeId === 16) {
    const items = readChunk(type.children[0]!.type, buffers, texts);
    return { length, nullCount, validity, values: items.values, texts: null };
  }
  if (type.typeId !== 2 && type.typeId !== 3) throw new Error(`it has a column of ${typeName(type)}`);
  const values = view(buffers.next(), type.values as never);
  return { length, nullCount, validity, values: values.subarray(0, length), texts: null };
}

function readTexts(buffers: Buffers): Texts {
  const { length } = buffers.node();
  buffers.next();
  const offsets = view(buffers.next(), Int32Array);
  return { offsets: offsets.subarray(0, length + 1), bytes: buffers.next() };
}

/** Copies only if the bytes are misaligned. */
function view<T extends Numbers>(
  bytes: Uint8Array,
  type: { new (buffer: ArrayBufferLike, offset: number, length: number): T; BYTES_PER_ELEMENT: number },
): T {
  const length = Math.floor(bytes.byteLength / type.BYTES_PER_ELEMENT);
  const isAligned = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0;
  return isAligned ? new type(bytes.buffer, bytes.byteOffset, length) : new type(bytes.slice().buffer, 0, length);
}
