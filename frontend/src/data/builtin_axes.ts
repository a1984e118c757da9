/** The custom axes in a state of TensorBoard's built-in projector: X and Y, each between what two searches find. */
import { type AxisChoice, type AxisChoices, type AxisSearch, INITIAL_AXES, nameDifference, nameSearch } from "./axes";

type BuiltinState = Readonly<Record<string, unknown>>;

/** Null: it searches for nothing. */
export function builtinAxes(state: BuiltinState): AxisChoices | null {
  const [x, y] = [searchAxis(state, "customXRight", "customXLeft"), searchAxis(state, "customYUp", "customYDown")];
  const isEmpty = [x, y].every(({ add, subtract }) => add.text === "" && subtract.text === "");
  return isEmpty ? null : [x, y, INITIAL_AXES[2]];
}

function searchAxis(state: BuiltinState, add: string, subtract: string): AxisChoice & { kind: "searches" } {
  return { kind: "searches", add: searchOf(state, add), subtract: searchOf(state, subtract) };
}

/** A field that nothing was typed in may be missing. */
function searchOf(state: BuiltinState, end: string): AxisSearch {
  const [text, column] = [state[`${end}Text`], state.customSelectedSearchByMetadataOption];
  return {
    text: typeof text === "string" ? text : "",
    mode: state[`${end}Regex`] === true ? "regex" : "text",
    column: typeof column === "string" && column !== "" ? column : null,
  };
}

/** «king − queen»; «king − random»: where nothing is searched for, the built-in projector takes a random vector. */
export function builtinAxisNames(axes: AxisChoices): string[] {
  return axes.flatMap((axis) =>
    axis.kind === "searches"
      ? [nameDifference(nameSearch(axis.add) || "random", nameSearch(axis.subtract) || "random")]
      : [],
  );
}
