/**
 * The page around us. TensorBoard shows a plugin in a frame of the same origin: its theme is a class on the outer body, its
 * address is where our view is kept, and it tells of a reload through a MessagePort (the protocol of TensorBoard's
 * experimental plugin library). Where there is no TensorBoard around, each has a fall-back.
 */

export type Theme = "light" | "dark";

/** The window whose address people copy. */
const outer = window.parent;
const isFramed = outer !== window;
const TAB = "embeddings";
const PREFIX = `p.${TAB}.`;

export function currentTheme(): Theme {
  const isDark = isFramed
    ? outer.document.body.classList.contains("dark-mode")
    : matchMedia("(prefers-color-scheme: dark)").matches;
  return isDark ? "dark" : "light";
}

export function watchTheme(onChange: (theme: Theme) => void): void {
  const tell = () => onChange(currentTheme());
  if (isFramed) new MutationObserver(tell).observe(outer.document.body, { attributeFilter: ["class"] });
  else matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
}

/** Takes the keyboard each time TensorBoard shows the frame, but from nobody who types elsewhere on its page. */
export function takeKeysWhenShown(): void {
  if (!isFramed) return;
  let isShown = false;
  new ResizeObserver(() => {
    const wasShown = isShown;
    isShown = innerHeight > 0;
    const isTypedInto = outer.document.activeElement?.matches("input, textarea, select, [contenteditable]") === true;
    if (isShown && !wasShown && !isTypedInto) window.focus();
  }).observe(document.documentElement);
}

/** Calls back when TensorBoard reloads its data. Each message of it wants a reply. */
export function watchReload(onReload: () => void): void {
  if (!isFramed) return;
  const channel = new MessageChannel();
  channel.port1.onmessage = (event: MessageEvent<string>) => {
    const message = JSON.parse(event.data);
    if (message.isReply) return;
    if (message.type === "experimental.DataReloaded") onReload();
    channel.port1.postMessage(JSON.stringify({ ...message, payload: null, error: null, isReply: true }));
  };
  outer.postMessage("experimental.bootstrap", outer.location.origin, [channel.port2]);
}

/** The view as the address has it: its tokens by name, ours only. */
export function readAddress(): Record<string, string> {
  const tokens = outer.location.hash.slice(1).split("&");
  const pairs = tokens.map((token) => token.split("=")).filter((pair) => pair.length === 2);
  return Object.fromEntries(
    pairs
      .filter(([name]) => name!.startsWith(PREFIX))
      .map(([name, value]) => [name!.slice(PREFIX.length), decode(value!)]),
  );
}

/** Writes the view into the address, leaving what others keep there; not while another tab is in front. */
export function writeAddress(tokens: Record<string, string>): void {
  const [tab = "", ...others] = outer.location.hash.slice(1).split("&");
  if (isFramed && tab !== TAB && tab !== "") return;
  const kept = others.filter((token) => !token.startsWith(PREFIX));
  // A second «=» in a token would lose it: values are percent-encoded.
  const ours = Object.entries(tokens).map(([name, value]) => tokenOf(name, value));
  outer.history.replaceState(outer.history.state, "", `#${[tab || TAB, ...kept, ...ours].join("&")}`);
}

/** Characters that a token takes in the address. */
export function tokenLength(name: string, value: string): number {
  return tokenOf(name, value).length + 1;
}

function tokenOf(name: string, value: string): string {
  return `${PREFIX}${name}=${encodeURIComponent(value)}`;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // Typed by hand: taken as it stands.
  }
}
