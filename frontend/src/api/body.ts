/** Reads the body of a response. */
import { nextTurn } from "../data/next_turn";

/** Size in bytes from which a body is read piece by piece: at once, it would block the page for a while. */
const LARGE_BYTES = 1 << 22;
const PIECE_BYTES = 1 << 18;

/** Time after which reading lets the page draw: pieces that are there already would all be read in one turn. */
const TURN_MS = 8;

export async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const size = Number(response.headers.get("Content-Length"));
  const isAsSent = !response.headers.has("Content-Encoding");
  const reader = isAsSent && size > LARGE_BYTES ? openReader(response.body) : null;
  return reader === null ? new Uint8Array(await response.arrayBuffer()) : readPieces(reader, size);
}

/** Null: this browser reads a body only into arrays of its own. */
function openReader(body: ReadableStream | null): ReadableStreamBYOBReader | null {
  try {
    return body?.getReader({ mode: "byob" }) ?? null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Pieces are written where they stay: as arrays of their own they would be garbage, which stops the page to be collected. */
async function readPieces(reader: ReadableStreamBYOBReader, size: number): Promise<Uint8Array<ArrayBuffer>> {
  let [buffer, at, workedSince] = [new ArrayBuffer(size), 0, performance.now()];
  while (at < size) {
    const { value, done } = await reader.read(new Uint8Array(buffer, at, Math.min(PIECE_BYTES, size - at)));
    if (done) throw new TypeError(`The response ended after ${at} of ${size} bytes.`);
    [buffer, at] = [value.buffer, at + value.length];
    if (performance.now() - workedSince < TURN_MS) continue;
    await nextTurn();
    workedSince = performance.now();
  }
  await reader.read(new Uint8Array(1)); // Otherwise the browser takes the response for one that is still being read.
  return new Uint8Array(buffer);
}
