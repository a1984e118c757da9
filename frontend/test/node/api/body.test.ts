/** Bodies of a real HTTP server: small ones, large ones that come in pieces, compressed and broken ones. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readBytes } from "../../../src/api/body";

const LARGE = Uint8Array.from({ length: 6_000_000 }, (_, at) => (at * at) % 251);
let server: Server;
let base: string;

beforeEach(async () => {
  server = createServer(({ url }, response) => {
    if (url === "/small") response.end("abc");
    else if (url === "/compressed") response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(LARGE));
    else if (url === "/broken") {
      response.writeHead(200, { "Content-Length": LARGE.length });
      response.write(LARGE.subarray(0, 5_000_000), () => response.destroy());
    } else response.writeHead(200, { "Content-Length": LARGE.length }).end(LARGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

it.each([
  ["small", new TextEncoder().encode("abc")],
  ["large", LARGE],
  ["compressed", LARGE],
])("a %s one is what was sent", async (name, expected) => {
  const bytes = await readBytes(await fetch(`${base}/${name}`));
  expect(bytes.length).toBe(expected.length);
  expect(Buffer.compare(bytes, expected)).toBe(0);
});

it("a large one is read to its end, which the browser waits for", async () => {
  let [sent, isOver] = [0, false];
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      isOver = sent === LARGE.length;
      if (isOver) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const piece = LARGE.slice(sent, sent + 1_000_000);
      sent += piece.length;
      controller.enqueue(piece); // Its bytes are the stream's now.
    },
  });
  await readBytes(new Response(body, { headers: { "Content-Length": String(LARGE.length) } }));
  expect(isOver).toBe(true);
});

it("one that breaks off is no shorter one", async () => {
  await expect(readBytes(await fetch(`${base}/broken`))).rejects.toThrow(TypeError);
});
