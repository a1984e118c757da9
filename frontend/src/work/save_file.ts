/** Offers the user a file as a download. */

/** Time before the URL is revoked: a large file is still being read for a while after the click. */
const LONG_ENOUGH_MS = 60_000;

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), LONG_ENOUGH_MS);
}
