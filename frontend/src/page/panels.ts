/** Renders the features' panels by their location. */
import { nothing, type TemplateResult } from "lit";
import { html, unsafeStatic } from "lit/static-html.js";
import { icon } from "../controls/icons";
import { PANELS } from "../features";
import type { ListPanel, PanelSlot, ToolbarButton, ToolbarSlot } from "../features/feature";
import type { Actions } from "../state/actions";
import { buttonWords, isOffered, withKey } from "../state/command";
import type { State } from "../state/state";
import type { Store } from "../state/store";
import type { ListName } from "./fields";

/** Properties passed to every panel. */
interface PanelProps {
  readonly store: Store;
  readonly actions: Actions;
}

/** `inside` goes into the slot of each panel. */
export function renderPanels(
  slot: PanelSlot | ToolbarSlot,
  props: PanelProps,
  state: Readonly<State>,
  inside: readonly TemplateResult[] = [],
): TemplateResult[] {
  const shown = PANELS.filter((panel) => panel.slot === slot && (panel.when?.(state) ?? true));
  return shown.map((panel) =>
    "command" in panel ? renderButton(panel, props, state) : renderElement(panel.element, props, inside),
  );
}

/** The command is the one of this name now: a button keeps none. */
export function renderButton(
  { command: id, icon: picture, pressed, whyOff }: Omit<ToolbarButton, "slot">,
  { actions }: PanelProps,
  state: Readonly<State>,
): TemplateResult {
  const command = actions.commandOf(id);
  const name = buttonWords(command);
  const reason = whyOff?.(state) ?? null;
  return html`<button class="icon" aria-pressed=${pressed?.(state) ?? nothing} ?disabled=${reason !== null || !isOffered(command, state)} aria-label=${name}
    title=${reason === null ? withKey(name, command) : `${name}: ${reason}`} @click=${() => actions.commandOf(id).run()}>${icon(picture)}</button>`;
}

export function listPanel(name: ListName): ListPanel {
  return PANELS.filter((panel) => panel.slot === "list").find((panel) => panel.list === name)!;
}

export function renderElement(
  name: string,
  { store, actions }: PanelProps,
  inside: readonly TemplateResult[] = [],
): TemplateResult {
  const tag = unsafeStatic(name); // Tag names come from the features' code only.
  return html`<${tag} .store=${store} .actions=${actions}>${inside}</${tag}>`;
}
