/**
 * Builds `src/index.ts` to `tb_projector_plugin/static/index.js`, the module whose `render()` TensorBoard calls; and with
 * `--mode saved_page` the program of saved pages, `saved_page.js`, one classic script, which the tab fetches as text.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipAsync } from "@gfx/zopfli";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { kernels } from "./engine/build.mjs";

/** Folder of the build whose run `make coverage` measures: the same code, with the maps that no installed package has. */
const MAPPED = process.env.MAPPED_BUILD;
const STATIC = MAPPED ?? fileURLToPath(new URL("../tb_projector_plugin/static", import.meta.url));
/** Without a comment in the code, which stays what users get. */
const SOURCE_MAP = MAPPED ? "hidden" : false;
/** `npm run dev` serves the page alone and sends the routes on to a TensorBoard that runs here. */
const TENSORBOARD = process.env.TENSORBOARD_URL ?? "http://localhost:6006";
/** Paths of routes, whichever there are. Those of the page have a dot or an @ in their first part, or lie in these folders. */
const ROUTES = "^/(?!(?:src|engine|node_modules)/)[a-z_]+(?:[/?]|$)";

/** A clone holds this one file in the output folder; it is not ours to delete. */
const KEPT = "README.md";
const COMPRESSED = /\.(js|css|wasm|json|svg)$/;
/** Below this an answer fits one packet either way. */
const WORTH_IT_BYTES = 1024;

export default defineConfig(({ mode }) => (mode === "saved_page" ? SAVED_PAGE : TAB));

const TAB: UserConfig = {
  base: "./", // Wherever TensorBoard lives, below whatever --path_prefix.
  plugins: [kernels(), tightenTemplates(), clearOutput(STATIC), precompress(STATIC)],
  build: {
    target: "es2022",
    sourcemap: SOURCE_MAP,
    outDir: STATIC,
    emptyOutDir: false, // clearOutput() does it, and keeps the README.
    modulePreload: false,
    chunkSizeWarningLimit: 250,
    rolldownOptions: {
      input: fileURLToPath(new URL("src/index.ts", import.meta.url)),
      preserveEntrySignatures: "strict", // Nothing here calls `render`, and yet it must stay.
      output: {
        entryFileNames: "index.js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: "chunks/[name]-[hash][extname]",
      },
    },
  },
  // TensorBoard's policy allows no blob: worker; each is a file of its own.
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: "chunks/[name]-[hash].js" } } },
  server: { proxy: { [ROUTES]: proxied() } },
};

const SAVED_PAGE: UserConfig = {
  plugins: [tightenTemplates(), precompress(STATIC)],
  build: {
    target: "es2022",
    sourcemap: SOURCE_MAP,
    outDir: STATIC,
    emptyOutDir: false, // Beside the tab, which is built before it.
    modulePreload: false,
    rolldownOptions: {
      input: fileURLToPath(new URL("src/saved_page/viewer.ts", import.meta.url)),
      output: { format: "iife", entryFileNames: "saved_page.js", codeSplitting: false },
    },
  },
};

function proxied() {
  return { target: TENSORBOARD, changeOrigin: true, rewrite: (path: string) => `/data/plugin/embeddings${path}` };
}

/** Takes indentation out of templates, and comments out of their styles: strings to every other tool. Lines stay. */
function tightenTemplates(): Plugin {
  return {
    name: "tighten-templates",
    apply: "build",
    transform: {
      filter: { id: /\.ts$/, code: /\b(css|html)`/ },
      handler: (code) => ({ code: code.replace(/\n +/g, "\n").replace(/css`[^`]*`/g, withoutComments), map: null }),
    },
  };
}

function withoutComments(styles: string): string {
  return styles.replace(/\/\*[^\n]*?\*\//g, "");
}

/** Deletes all that lies in `folder` but its README, before a build writes into it. */
function clearOutput(folder: string): Plugin {
  return {
    name: "clear-output",
    apply: "build",
    buildStart() {
      for (const entry of readdirSync(folder)) {
        if (entry !== KEPT) rmSync(join(folder, entry), { recursive: true });
      }
    },
  };
}

/** Compresses each file that a build writes into `folder`, once and as small as gzip can be: 5 % below zlib's. */
function precompress(folder: string): Plugin {
  return {
    name: "precompress",
    apply: "build",
    async writeBundle(_options, bundle) {
      for (const name of Object.keys(bundle).filter((name) => COMPRESSED.test(name))) {
        const bytes = readFileSync(join(folder, name));
        if (bytes.length < WORTH_IT_BYTES) continue;
        writeFileSync(join(folder, `${name}.gz`), await gzipAsync(bytes, { numiterations: 5 }));
      }
    },
  };
}
