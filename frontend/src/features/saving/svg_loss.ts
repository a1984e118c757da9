/** What an SVG draws otherwise than the screen, for its button and for the note after it. */
import type { State } from "../../state/state";

/** «Images are drawn as discs in an SVG.»; null: it is drawn as it is. */
export function svgLoss({ density, showImages, sprite }: Readonly<State>): string | null {
  if (density) return "The density is drawn as discs in an SVG: a PNG shows it.";
  return showImages && sprite !== null ? "Images are drawn as discs in an SVG." : null;
}
