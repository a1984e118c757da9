/** Features that the page stands on, in the browser that the tests run in. */
import { expect, it } from "vitest";

it("draws with WebGL 2", () => {
  expect(document.createElement("canvas").getContext("webgl2")).not.toBeNull();
});
