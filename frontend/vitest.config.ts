/** Two projects: what needs no browser runs in Node, what draws or shows runs in a real Chromium. */
import { execFileSync } from "node:child_process";
import { playwright } from "@vitest/browser-playwright";
import { configDefaults, defineConfig } from "vitest/config";
import { kernels } from "./engine/build.mjs";
import { SecondTries } from "./test/second_tries.ts";

/** The page around the picture is drawn by the CPU: as WebGL, which the CPU plays too, it takes four times the work. */
const CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu-compositing", "--disable-gpu-rasterization"];

/** About half of the work in the browser: it runs beside the other half. */
const FEATURES = "test/browser/features/**/*.test.ts";

export default defineConfig({
  plugins: [kernels()],
  test: {
    reporters: ["default", new SecondTries()],
    // A second try is not a silent pass: the last lines of `make test` name each test that needed one.
    retry: 1,
    // What is waited for comes late on a busy machine; what never comes costs time only when a test fails.
    expect: { poll: { timeout: 10_000 } },
    // No test is held to a time: this ends the ones that wait forever.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // The tests of the recipes run copies of the sources.
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["**/.recipes-*/**"],
      reporter: ["json", "text-summary"],
    },
    projects: [
      {
        extends: true,
        test: { name: "node", include: ["test/node/**/*.test.ts"], environment: "node", pool: "threads" },
      },
      {
        extends: true,
        // Found on the way, a dependency makes Vite reload a test under way.
        optimizeDeps: {
          include: [
            "lit",
            "lit/decorators.js",
            "lit/directives/keyed.js",
            "lit/directives/style-map.js",
            "lit/static-html.js",
            "@uwdata/flechette",
            "@uwdata/flechette/src/decode/decode-ipc.js",
            "apache-arrow",
            "d3-scale-chromatic",
          ],
        },
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          exclude: configDefaults.exclude,
          globalSetup: "./test/recipes/browser_setup.ts",
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({ launchOptions: { executablePath: chromium(), args: CHROMIUM_ARGUMENTS } }),
            instances: [
              { browser: "chromium", name: "browser: features", include: [FEATURES] },
              { browser: "chromium", name: "browser: others", exclude: [...configDefaults.exclude, FEATURES] },
            ],
          },
        },
      },
    ],
  },
});

/** The Chromium that $CHROMIUM names, else the one on PATH, else Playwright's own. */
function chromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  return undefined;
}
