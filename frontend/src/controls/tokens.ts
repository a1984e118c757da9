/** The design tokens, one set each for light and dark, and document-wide styles. */
import { densityGradient } from "../data/density_colors";

const TOKENS = `
:root {
  color-scheme: light;
  --panel: #f7f8fa; --raised: #ffffff; --text: #1b2230; --text-soft: #4d5766; --text-faint: #667080;
  --line: #e2e6ec; --line-strong: #c9d0da; --hover: rgb(27 34 48 / 5%); --field: #ffffff;
  --accent: #2b5bd0; --accent-soft: #e6edfc; --on-accent: #ffffff;
  --error: #b3261e; --error-soft: #fdeeec; --warning: #8a5700; --warning-soft: #fff5e0;
  --shadow: 0 1px 2px rgb(20 28 45 / 8%), 0 6px 20px rgb(20 28 45 / 10%);
  --glass: rgb(255 255 255 / 86%);
  --picture-ground: #fcfcfd; --point: #3f6bb3; --picture-ring: #11151c; --picture-text: #20252e; --picture-axis: #7b8494; --picture-axis-text: #5b6474;
  --density: ${densityGradient("light")};
  --radius: 6px; --control: 28px; --gap: 6px; --ease: 180ms cubic-bezier(.2, 0, 0, 1);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root[data-theme="dark"] {
  color-scheme: dark;
  --panel: #16191e; --raised: #20252c; --text: #e5e9ef; --text-soft: #a9b2bf; --text-faint: #8d97a5;
  --line: #272d36; --line-strong: #3d4652; --hover: rgb(229 233 239 / 7%); --field: #1c2027;
  --accent: #8db0ff; --accent-soft: #202c46; --on-accent: #0d1628;
  --error: #ff9d94; --error-soft: #3a201f; --warning: #f0b95a; --warning-soft: #352a17;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 45%);
  --glass: rgb(24 28 34 / 86%);
  --picture-ground: #0f1216; --point: #7fb0f0; --picture-ring: #f4f7fb; --picture-text: #e7ebf1; --picture-axis: #8b94a3; --picture-axis-text: #8b94a3;
  --density: ${densityGradient("dark")};
}
html, body { height: 100%; margin: 0; }
body {
  background: var(--panel); color: var(--text);
  font: 13px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased; overflow: hidden;
}
@media (max-height: 820px) { :root { --control: 24px; --gap: 4px; } } /* A laptop's: panels fit without a scroll bar. */
@media (prefers-reduced-motion: reduce) { :root { --ease: 0ms; } }
`;

/** TensorBoard creates the document, without language or title. */
export function installTokens(): void {
  document.documentElement.lang = "en";
  document.title ||= "Embeddings";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(TOKENS);
  document.adoptedStyleSheets.push(sheet);
}

export function showTheme(theme: "light" | "dark"): void {
  document.documentElement.dataset.theme = theme;
}
