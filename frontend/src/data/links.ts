/** Detects URLs in a text. */

interface TextPart {
  readonly text: string;
  /** null: plain text. */
  readonly href: string | null;
}

/** Pattern of a URL in running text; trailing punctuation and brackets are removed later. */
const ADDRESS = /https?:\/\/[^\s<>"'«»]+/gi;
const CLOSING = /[.,;:!?)\]}]+$/;
/** Maximum number of links: each is an element, and more are of no use. */
const MAX_LINKS = 200;

/** The text in parts, in order. Only http and https are links: other schemes may be unsafe. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (parts.length >= 2 * MAX_LINKS) break;
    const address = withoutClosing(found[0]);
    const href = toHref(address);
    if (href === null) continue;
    if (found.index > end) parts.push({ text: text.slice(end, found.index), href: null });
    parts.push({ text: address, href });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** A closing bracket belongs to the URL if the URL contains its opening one, as in many of Wikipedia's. */
function withoutClosing(address: string): string {
  const closing = CLOSING.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - closing.length);
  return closing.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function toHref(address: string): string | null {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : null;
}
