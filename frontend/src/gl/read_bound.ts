/** Pixels of the bound framebuffer, RGBA rows from the top. */

import type { Pixels } from "./scene";

export function readBound(gl: WebGL2RenderingContext, width: number, height: number): Pixels {
  const upward = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upward);
  const data = new Uint8ClampedArray(upward.length);
  for (let line = 0; line < height; line++) {
    data.set(upward.subarray(line * width * 4, (line + 1) * width * 4), (height - 1 - line) * width * 4);
  }
  return { width, height, data };
}
