/** The panels of the features, by where they stand. */
import type { TemplateResult } from "lit";
import { html, unsafeStatic } from "lit/static-html.js";
import { PANELS } from "../features";
import type { Panel, Place } from "../features/feature";
import type { Actions } from "../state/actions";
import type { State } from "../state/state";
import type { Store } from "../state/store";
import type { ListName } from "./fields";

/** What every panel is drawn from. */
export interface PanelProps {
  readonly store: Store;
  readonly actions: Actions;
}

/** `inside` goes into the slot of each of them. */
export function renderPanels(
  place: Place,
  props: PanelProps,
  state: Readonly<State>,
  inside: readonly TemplateResult[] = [],
): TemplateResult[] {
  const isThere = (panel: Panel) => panel.place === place && (panel.when?.(state) ?? true);
  return PANELS.filter(isThere).map(({ element }) => renderElement(element, props, inside));
}

export function renderList(list: ListName, props: PanelProps): TemplateResult[] {
  const lists = PANELS.filter((panel) => panel.place === "list");
  return lists.filter((panel) => panel.list === list).map(({ element }) => renderElement(element, props));
}

export function renderElement(
  name: string,
  { store, actions }: PanelProps,
  inside: readonly TemplateResult[] = [],
): TemplateResult {
  const tag = unsafeStatic(name); // Names are the features' own.
  return html`<${tag} .store=${store} .actions=${actions}>${inside}</${tag}>`;
}
