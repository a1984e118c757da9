/** Colors that distinguish categories. */

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Blue, orange, green, red, violet, brown, orchid, sage, magenta and cyan, distinct with red-green or blue-yellow color
 * blindness, too: two of them differ by at least 20 (CIEDE2000), under protanopia, deuteranopia and tritanopia (Machado
 * et al. 2009) by 9, and by .11 in OKLab. Each has a contrast of at least 2 to the picture's ground, light or dark.
 * Found by search; test/node/data/categorical_colors.test.ts measures it.
 */
export const SAFE_TEN: readonly Rgb[] = [
  [0x35, 0x8a, 0xff],
  [0xff, 0x89, 0x04],
  [0x35, 0x88, 0x5d],
  [0xf5, 0x23, 0x13],
  [0x5e, 0x12, 0xbf],
  [0x66, 0x3e, 0x1c],
  [0xbe, 0x5f, 0xb9],
  [0x9d, 0xb5, 0x88],
  [0x9e, 0x02, 0x6e],
  [0x01, 0xc0, 0xeb],
];

const LIGHTNESS = 0.68;
const CHROMA = 0.125; // Within sRGB at this lightness for every hue.

/** `count` colors, for the most frequent category first: the safe ten, then evenly spaced hues of equal lightness. */
export function categoricalColors(count: number): Rgb[] {
  const hues = count - SAFE_TEN.length;
  const step = farStep(hues);
  const others = Array.from({ length: Math.max(0, hues) }, (_, index) =>
    oklchToRgb(LIGHTNESS, CHROMA, (360 * ((index * step) % hues)) / hues),
  );
  return [...SAFE_TEN.slice(0, count), ...others];
}

/** Number of hues between consecutive categories: near the golden section, so that adjacent ranks look distinct. */
function farStep(hues: number): number {
  let step = Math.max(1, Math.round(hues * 0.382));
  while (greatestCommonDivisor(step, hues) > 1) step += 1; // Coprime: every hue is used once.
  return step;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b <= 0 ? a : greatestCommonDivisor(b, a % b);
}

/** OKLCH to 8-bit sRGB (Ottosson 2020); `hue` in degrees. Out-of-gamut colors are clipped. */
export function oklchToRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
