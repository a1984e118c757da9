/** The colors of a picture: on a page without design tokens they are those of the tab. */
import { afterEach, expect, it } from "vitest";
import { installTokens } from "../../../src/controls/tokens";
import { readTheme } from "../../../src/view/theme";

afterEach(() => {
  delete document.documentElement.dataset.theme;
});

it("are those of the tokens where there are none", () => {
  const host = document.body.appendChild(document.createElement("div"));
  const themes = ["light", "dark"] as const;
  const [light, dark] = themes.map((theme) => ({ ...readTheme(host, theme), font: "" }));
  expect(light).not.toEqual(dark);

  installTokens();
  for (const [theme, alone] of [
    ["light", light],
    ["dark", dark],
  ] as const) {
    document.documentElement.dataset.theme = theme;
    expect({ ...readTheme(host, theme), font: "" }).toEqual(alone);
  }
});
