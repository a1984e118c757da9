/** Renders the features' panels by their location. */
import type { TemplateResult } from "lit";
import { html, unsafeStatic } from "lit/static-html.js";
import { PANELS } from "../features";
import type { Panel, PanelSlot } from "../features/feature";
import type { Actions } from "../state/actions";
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
  slot: PanelSlot,
  props: PanelProps,
  state: Readonly<State>,
  inside: readonly TemplateResult[] = [],
): TemplateResult[] {
  const isShown = (panel: Panel) => panel.slot === slot && (panel.when?.(state) ?? true);
  return PANELS.filter(isShown).map(({ element }) => renderElement(element, props, inside));
}

export function renderList(list: ListName, props: PanelProps): TemplateResult[] {
  const lists = PANELS.filter((panel) => panel.slot === "list");
  return lists.filter((panel) => panel.list === list).map(({ element }) => renderElement(element, props));
}

export function renderElement(
  name: string,
  { store, actions }: PanelProps,
  inside: readonly TemplateResult[] = [],
): TemplateResult {
  const tag = unsafeStatic(name); // Tag names come from the features' code only.
  return html`<${tag} .store=${store} .actions=${actions}>${inside}</${tag}>`;
}
