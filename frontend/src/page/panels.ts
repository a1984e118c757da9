/** The panels of the features, by where they stand. */
import type { TemplateResult } from "lit";
import { PANELS } from "../features";
import type { Panel, PanelProps, Place } from "../features/feature";
import type { State } from "../state/state";
import type { ListName } from "./fields";

/** `inside` is drawn within each of them. */
export function renderPanels(
  place: Place,
  props: PanelProps,
  state: Readonly<State>,
  inside: readonly TemplateResult[] = [],
): TemplateResult[] {
  const isThere = (panel: Panel) => panel.place === place && (panel.when?.(state) ?? true);
  return PANELS.filter(isThere).map((panel) => panel.render(props, inside));
}

export function renderList(list: ListName, props: PanelProps): TemplateResult[] {
  const lists = PANELS.filter((panel) => panel.place === "list");
  return lists.filter((panel) => panel.list === list).map((panel) => panel.render(props, []));
}
