/** Reads the body of a response. */

/** Size in bytes from which a body is put together piece by piece: at once, it would block the page for a while. */
const LARGE_BYTES = 1 << 22;

export async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const size = Number(response.headers.get("Content-Length"));
  const isAsSent = !response.headers.has("Content-Encoding");
  if (response.body === null || !isAsSent || !(size > LARGE_BYTES)) return new Uint8Array(await response.arrayBuffer());
  return readPieces(response.body, new Uint8Array(size));
}

async function readPieces(body: ReadableStream<Uint8Array>, bytes: Uint8Array<ArrayBuffer>) {
  const reader = body.getReader();
  let at = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes.set(piece.value, at); // A body that is longer than it said is a RangeError.
    at += piece.value.length;
  }
  if (at < bytes.length) throw new TypeError(`The response ended after ${at} of ${bytes.length} bytes.`);
  return bytes;
}
