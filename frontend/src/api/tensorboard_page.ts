/**
 * Integration with the surrounding TensorBoard page. TensorBoard shows a plugin in a same-origin frame: its theme is a
 * class on the outer body, its URL stores our view, and it announces reloads through a MessagePort (the protocol of
 * TensorBoard's experimental plugin library). Without TensorBoard, each has a fallback.
 */

type Theme = "light" | "dark";

/** The window whose URL users copy. */
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
  const notify = () => onChange(currentTheme());
  if (isFramed) new MutationObserver(notify).observe(outer.document.body, { attributeFilter: ["class"] });
  else matchMedia("(prefers-color-scheme: dark)").addEventListener("change", notify);
}

/** Focuses the frame whenever TensorBoard shows it, unless the user is typing elsewhere on its page. */
export function focusWhenShown(): void {
  if (!isFramed) return;
  let isShown = false;
  new ResizeObserver(() => {
    const wasShown = isShown;
    isShown = innerHeight > 0;
    const isTypedInto = outer.document.activeElement?.matches("input, textarea, select, [contenteditable]") === true;
    if (isShown && !wasShown && !isTypedInto) window.focus();
  }).observe(document.documentElement);
}

/** Calls `onReload` when TensorBoard reloads its data. Each of its messages requires a reply. */
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

/**
 * Calls `onChange` when the fragment of the URL is changed by others than `writeAddress`: by a link opened in the same
 * window, by going back or forth, or by TensorBoard when another tab is chosen. `isOurs`: our tab is in front afterwards.
 */
export function watchAddress(onChange: (isOurs: boolean) => void): void {
  const notify = () => onChange(isOurTab());
  const listen = () => outer.addEventListener("hashchange", notify);
  listen();
  // The outer page outlives its frame.
  addEventListener("pagehide", () => outer.removeEventListener("hashchange", notify));
  addEventListener("pageshow", listen);
}

/** Without a name, it is the one that TensorBoard shows first. */
function isOurTab(): boolean {
  const [tab = ""] = outer.location.hash.slice(1).split("&");
  return !isFramed || tab === TAB || tab === "";
}

/** The view stored in the URL: our own tokens, by name. */
export function readAddress(): Record<string, string> {
  const tokens = outer.location.hash.slice(1).split("&");
  const pairs = tokens.map((token) => token.split("=")).filter((pair) => pair.length === 2);
  return Object.fromEntries(
    pairs
      .filter(([name]) => name!.startsWith(PREFIX))
      .map(([name, value]) => [name!.slice(PREFIX.length), decode(value!)]),
  );
}

/** Writes the view to the URL and keeps tokens of others; does nothing while another tab is active. */
export function writeAddress(tokens: Record<string, string>): void {
  if (!isOurTab()) return;
  const [tab = "", ...others] = outer.location.hash.slice(1).split("&");
  const kept = others.filter((token) => !token.startsWith(PREFIX));
  // A second «=» would invalidate the token: values are percent-encoded.
  const ours = Object.entries(tokens).map(([name, value]) => tokenOf(name, value));
  outer.history.replaceState(outer.history.state, "", `#${[tab || TAB, ...kept, ...ours].join("&")}`);
}

/** Length of a token in the URL, in characters. */
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
    return value; // Typed by hand: used as is.
  }
}
