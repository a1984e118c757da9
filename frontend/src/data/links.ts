/** Addresses in a text: what of it is a link, and to where. */

export interface TextPart {
  readonly text: string;
  /** null: plain text. */
  readonly href: string | null;
}

/** As far as an address can go in running text; what closes a sentence or a bracket around it is not its end. */
const ADDRESS = /https?:\/\/[^\s<>"'«»]+/gi;
const CLOSING = /[.,;:!?)\]}]+$/;
/** More are text: nobody clicks them, and each is an element. */
const MOST_LINKS = 200;

/** The text in parts, in its order. Only http and https are links: any other scheme may do something. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (parts.length >= 2 * MOST_LINKS) break;
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

/** A closing bracket that the address itself opens belongs to it, as in many of Wikipedia's. */
function withoutClosing(address: string): string {
  const closing = CLOSING.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - closing.length);
  return closing.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function toHref(address: string): string | null {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : null;
}
