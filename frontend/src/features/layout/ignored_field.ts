/** The value of the supervising column whose points a layout treats as if they had none, and how many these are. */
import { html, nothing, type TemplateResult } from "lit";
import type { Option } from "../../controls/option";
import { type Column, findColumn } from "../../data/column";
import { valueName } from "../../data/filters";
import { plural } from "../../data/format";
import { Memo } from "../../data/memo";
import { takeColumn } from "../../data/part_of_rows";
import type { Subset } from "../../data/space";
import { countValues } from "../../data/value_counts";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { supervisionOf } from "./supervision";
import "../../controls/select_field";

/** Maximum number of values to choose from, the most frequent; a link may name any. */
const MAX_VALUES = 10_000;
/** Prefix of the options that are values: an empty text is one, too. */
const VALUE = "=";
const NONE: Option = { value: "", text: "no value" };
const TOO_MANY: Option = { value: "", text: "too many numbers" };
const OFFERED = new Memo(offer);

/** Empty while no column supervises. */
export function ignoredField(store: Store, state: Readonly<State>): TemplateResult | typeof nothing {
  const column = findColumn(columnsOf(state), state.superviseBy);
  if (column === null) return nothing;
  const { superviseWithout: ignored, subset } = state;
  const options = optionsOf(column, ignored, subset);
  return html`<select-field label="Ignoring" .value=${ignored === null ? "" : VALUE + ignored} .options=${options} .disabled=${options.length === 1}
      title="Points with this value count as unlabeled, like those without a value: their vectors alone place them"
      @change=${(event: CustomEvent<string>) => store.set({ superviseWithout: event.detail === "" ? null : event.detail.slice(VALUE.length) })}></select-field>
    ${ignored === null ? nothing : html`<p class="small faint" role="status">${ignoredWords(state, column, ignored)}</p>`}`;
}

/** «Ignoring «x»: 12 points» */
function ignoredWords(state: Readonly<State>, column: Column, value: string): string {
  const { ignored, note } = supervisionOf(state);
  return note ?? `Ignoring «${valueName(column, value)}»: ${plural(ignored, "point")}`;
}

/** The ignored value is among them even if no point has it. */
function optionsOf(column: Column, ignored: string | null, subset: Subset | null): readonly Option[] {
  const offered = OFFERED.of(column, subset);
  if (ignored === null || offered.some(({ value }) => value === VALUE + ignored)) return offered;
  return [...offered, { value: VALUE + ignored, text: valueName(column, ignored) }];
}

/** None, and the values of the points laid out, the most frequent first. */
function offer(column: Column, subset: Subset | null): readonly Option[] {
  const counts = countValues(takeColumn(column, subset?.rows ?? null));
  if (counts === null) return [TOO_MANY];
  const values = Array.from({ length: Math.min(counts.size, MAX_VALUES) }, (_, at) => counts.at(at));
  return [NONE, ...values.flatMap(({ value, name }) => (value === null ? [] : [{ value: VALUE + value, text: name }]))];
}
