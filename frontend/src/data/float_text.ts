/** Numbers as text: base64 of little-endian float32, used for coordinates in bookmarks and saved pages. */

const CHUNK = 0x8000; // Maximum number of arguments per call.

export function writeFloats(values: Float32Array): string {
  return writeBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function writeBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return btoa(parts.join(""));
}

/** Null unless the text encodes exactly `count` numbers. */
export function readFloats(text: string, count: number): Float32Array<ArrayBuffer> | null {
  if (text.length !== 4 * Math.ceil((4 * count) / 3)) return null;
  const bytes = readBytes(text);
  return bytes === null || bytes.length !== 4 * count ? null : new Float32Array(bytes.buffer);
}

/** Null for invalid base64. */
export function readBytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
