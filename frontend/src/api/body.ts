/** Reads the body of a response. */
import { nextTurn } from "../data/next_turn";

/** Size in bytes from which a body is put together piece by piece: at once, it would block the page for a while. */
const LARGE_BYTES = 1 << 22;

/** Time after which reading lets the page draw: pieces that are there already would all be read in one turn. */
const TURN_MS = 8;

export async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const size = Number(response.headers.get("Content-Length"));
  const isAsSent = !response.headers.has("Content-Encoding");
  if (response.body === null || !isAsSent || !(size > LARGE_BYTES)) return new Uint8Array(await response.arrayBuffer());
  return readPieces(response.body, new Uint8Array(size));
}

async function readPieces(body: ReadableStream<Uint8Array>, bytes: Uint8Array<ArrayBuffer>) {
  const reader = body.getReader();
  let [at, workedSince] = [0, performance.now()];
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes.set(piece.value, at); // A body that is longer than it said is a RangeError.
    at += piece.value.length;
    if (performance.now() - workedSince < TURN_MS) continue;
    await nextTurn();
    workedSince = performance.now();
  }
  if (at < bytes.length) throw new TypeError(`The response ended after ${at} of ${bytes.length} bytes.`);
  return bytes;
}
