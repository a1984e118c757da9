/** Loads the layouts' WebAssembly: the SIMD build if supported, otherwise the scalar build of the same sources. */
import { requireOk } from "./jobs";

const ADDRESSES = {
  tsne: {
    simd: new URL("../engine/wasm/tsne.wasm", import.meta.url),
    scalar: new URL("../engine/wasm/tsne_scalar.wasm", import.meta.url),
  },
  umap: {
    simd: new URL("../engine/wasm/umap.wasm", import.meta.url),
    scalar: new URL("../engine/wasm/umap_scalar.wasm", import.meta.url),
  },
} as const;

/** A module with one function: `v128.const 0`, `i8x16.popcnt`, both part of the final SIMD proposal. */
const WITH_SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

export function hasSimd(): boolean {
  return WebAssembly.validate(WITH_SIMD);
}

/** Throws ApiError if loading fails. The compiled module is cached: it can be sent to any number of workers. */
export async function fetchKernel(
  method: keyof typeof ADDRESSES,
  kind: "simd" | "scalar" = hasSimd() ? "simd" : "scalar",
): Promise<WebAssembly.Module> {
  const address = ADDRESSES[method][kind];
  const known = compiled.get(address.href);
  if (known !== undefined) return known;
  // Not streaming: that requires a server that sends the MIME type of .wasm files, which some proxies drop.
  const compiling = requireOk(fetch(address)).then(async (response) =>
    WebAssembly.compile(await response.arrayBuffer()),
  );
  compiled.set(address.href, compiling);
  compiling.catch(() => compiled.delete(address.href));
  return compiling;
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();
