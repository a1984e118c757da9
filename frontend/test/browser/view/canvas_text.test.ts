/** Labels in any script: each is really drawn, as itself, and never cut within a letter. */
import { afterEach, describe, expect, it } from "vitest";
import { directionOf, shorten, startText } from "../../../src/view/canvas_text";
import { readTheme } from "../../../src/view/theme";
import { disposeShown, flat, painted, type Shown, show } from "./shown_picture";

afterEach(() => disposeShown());

const SCRIPTS: readonly (readonly [script: string, text: string, other: string])[] = [
  ["Chinese", "北京大学", "上海大学"],
  ["Japanese", "ありがとう", "さようなら"],
  ["Korean", "안녕하세요", "감사합니다"],
  ["Arabic", "مرحبا", "شكراً"],
  ["Hebrew", "שלום", "תודה"],
  ["Devanagari", "नमस्ते", "हिन्दी"],
  ["Cyrillic", "Привет", "Спасибо"],
  ["emoji", "😀", "🎈"],
];

/** The overlay's pixels around a label at the middle. */
function inkOf({ host }: Shown): { ink: number; pixels: Uint8ClampedArray } {
  const overlay = host.querySelectorAll("canvas")[1]!;
  const pixels = overlay.getContext("2d")!.getImageData(300, 185, 200, 30).data;
  let ink = 0;
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at]! > 128) ink++;
  return { ink, pixels };
}

async function labeled(text: string): Promise<{ ink: number; pixels: Uint8ClampedArray }> {
  const shown = show({ ...flat([0, 0]), labels: () => text, labelRows: Int32Array.of(0), showAxes: false });
  await painted(shown, 1);
  const drawn = inkOf(shown);
  disposeShown();
  return drawn;
}

describe("labels", () => {
  it.each(SCRIPTS)("in %s are drawn, each as itself", async (_script, text, other) => {
    const [one, two] = [await labeled(text), await labeled(other)];
    expect(one.ink).toBeGreaterThan(60);
    // Letters that no font has would all be the same box.
    expect(one.pixels.some((value, at) => value !== two.pixels[at])).toBe(true);
  });

  it("run from right to left where their script does", () => {
    expect(["مرحبا 1", "12 שלום", "word", "word مرحبا", "…"].map(directionOf)).toEqual([
      "rtl",
      "rtl",
      "ltr",
      "ltr",
      "ltr",
    ]);
  });

  it("that run from right to left do not turn what is written after them", () => {
    const context = document.createElement("canvas").getContext("2d")!;
    context.direction = "rtl";
    startText(context, readTheme(document.body, "light"));
    expect(context.direction).toBe("ltr");
  });

  it("are cut between letters, not within", () => {
    expect(shorten("abcdef", 4)).toBe("abc…");
    expect(shorten("abcd", 4)).toBe("abcd");
    const family = "👩‍👩‍👧";
    expect(shorten(family.repeat(5), 3)).toBe(`${family}${family}…`);
    expect(shorten("नमस्ते", 3)).toBe("नमस्ते");
    expect(shorten("नमस्ते", 2)).toBe("न…");
  });

  it("of which there is no room for all leave out the less important", async () => {
    const points: [number, number][] = Array.from({ length: 300 }, (_, row) => [Math.sin(row), Math.cos(row * 1.7)]);
    const rowsRead = new Set<number>();
    const shown = show({
      ...flat(...points),
      labels: (row) => {
        rowsRead.add(row);
        return `a rather long label ${row}`;
      },
      labelRows: Int32Array.from({ length: 300 }, (_, row) => row),
    });
    await painted(shown, 300);
    expect(rowsRead.has(0)).toBe(true);
    expect(rowsRead.size).toBeLessThan(300);
  });

  it("of a dense picture cost no text that is not drawn", async () => {
    const points: [number, number][] = Array.from({ length: 20_000 }, (_, row) => [Math.sin(row), Math.cos(row)]);
    let calls = 0;
    const labelRows = Int32Array.from({ length: 20_000 }, (_, row) => row);
    const shown = show({ ...flat(...points), labels: () => `label ${calls++}`, labelRows });
    await painted(shown, 20_000);
    expect(calls / 3).toBeLessThan(500);
  });
});
