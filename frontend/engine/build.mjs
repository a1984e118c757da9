/**
 * Compiles each kernel, `engine/<method>/index.ts` (AssemblyScript), to `src/engine/wasm/<method>.wasm` with SIMD and
 * `<method>_scalar.wasm` without, unless the output is newer than the sources. `npm run engine` runs it; the builds and
 * tests run it first.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";

const ENGINE = fileURLToPath(new URL(".", import.meta.url));
const OUTPUT = join(ENGINE, "../src/engine/wasm");
/** No runtime: kernels allocate their arrays in memory themselves. Bounds are proven where they are used. */
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--converge"];
/** Few browsers are left without SIMD: theirs is half as large, which costs it some inlining. */
const KINDS = { "": ["--enable", "simd"], _scalar: ["--disable", "simd", "--shrinkLevel", "1"] };

/** A plugin for Vite and Vitest: builds the kernels before any module imports them. */
export function kernels() {
  return {
    name: "kernels",
    async config() {
      building ??= buildKernels();
      await building;
    },
  };
}

/** Vitest calls `config` once for each of its projects. */
let building = null;

async function buildKernels() {
  mkdirSync(OUTPUT, { recursive: true });
  const newest = newestSource();
  for (const method of methods()) {
    for (const [suffix, features] of Object.entries(KINDS)) {
      const output = join(OUTPUT, `${method}${suffix}.wasm`);
      if (!existsSync(output) || statSync(output).mtimeMs < newest) await compile(method, output, features);
    }
  }
}

function methods() {
  return readdirSync(ENGINE).filter((name) => existsSync(join(ENGINE, name, "index.ts")));
}

function newestSource() {
  const files = readdirSync(ENGINE, { recursive: true }).filter((file) => /\.(ts|mjs)$/.test(file));
  return Math.max(...files.map((file) => statSync(join(ENGINE, file)).mtimeMs));
}

/** Compiles to memory and writes at the end: a failed or interrupted compilation leaves no file that looks new. */
async function compile(method, output, features) {
  let wasm = null;
  const arguments_ = [`${method}/index.ts`, "--outFile", "kernel.wasm", ...OPTIONS, ...features];
  const { error, stderr } = await asc.main(arguments_, {
    readFile: (name, folder) => readSource(join(folder, name)),
    writeFile: (_name, contents) => {
      wasm = contents;
    },
    listFiles: (name, folder) => readdirSync(join(folder, name)),
    baseDir: ENGINE,
  });
  if (error || wasm === null) throw new Error(`engine/${method} does not compile: ${error?.message}\n${stderr}`);
  writeFileSync(output, wasm);
}

function readSource(path) {
  const whole = existsSync(path) ? path : join(ENGINE, path);
  return existsSync(whole) ? readFileSync(whole, "utf8") : null;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
