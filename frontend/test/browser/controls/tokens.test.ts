/** The design tokens are legible: WCAG's AA, which is a contrast of 4.5 for text and 3 for what is not. */
import { wcagContrast } from "culori";
import { beforeAll, describe, expect, it } from "vitest";
import { installTokens, showTheme } from "../../../src/controls/tokens";
import { readTheme } from "../../../src/view/theme";

const TEXTS = ["text", "text-soft", "text-faint", "accent", "error", "warning"];
const GROUNDS = ["panel", "raised"];

beforeAll(installTokens);

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  it.each(TEXTS)("%s is legible on every ground", (name) => {
    showTheme(theme);
    for (const ground of GROUNDS) expect(wcagContrast(token(name), token(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it("so are the words of a notice on its own ground, and those of a button", () => {
    showTheme(theme);
    for (const kind of ["error", "warning"])
      expect(wcagContrast(token(kind), token(`${kind}-soft`))).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(token("on-accent"), token("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  it("labels, axes and their names are legible in the picture, and a point is seen", () => {
    showTheme(theme);
    const { text, axisText, accent, onAccent } = readTheme(document.documentElement, theme);
    const ground = token("picture-ground");
    for (const color of [text, axisText]) expect(wcagContrast(color, ground)).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(token("point"), ground)).toBeGreaterThanOrEqual(3);
  });
});
