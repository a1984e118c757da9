/** `npm run dev` sends every route on to TensorBoard, without a list of them, and serves the page itself. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import config from "../../vite.config";

const API = readFileSync(new URL("../../../docs/http_api.md", import.meta.url), "utf8");

it("sends on the routes of docs/http_api.md, and nothing of the page", async () => {
  const { server } = await config({ mode: "development", command: "serve" });
  const sentOn = (path: string) => Object.keys(server?.proxy ?? {}).some((key) => new RegExp(key).test(path));
  const routes = [...API.matchAll(/^## [A-Z]+ `(\/\w+)/gm)].map((match) => match[1]!);
  expect(new Set(routes).size).toBeGreaterThan(12);
  const asked = routes.flatMap((route) => [route, `${route}?run=a`, `${route}/one`]);
  expect(asked.filter((path) => !sentOn(path))).toEqual([]);
  const page = [
    "/",
    "/index.html",
    "/?run=a",
    "/src/index.ts",
    "/src/engine/wasm/tsne.wasm",
    "/@vite/client",
    "/@fs/a/b",
  ];
  expect([...page, "/node_modules/.vite/deps/lit.js?v=1"].filter(sentOn)).toEqual([]);
});
