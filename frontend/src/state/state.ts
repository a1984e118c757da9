/** The page's whole state: the fields of all features, joined. Those with a text form make up the view. */
import { type Field, held, type Part } from "../data/field";
import type { Failure, Task } from "../data/task";
import { FEATURES } from "../features/fields";
import { PAGE } from "../page/fields";

const PARTS = [...Object.values(FEATURES), PAGE];
type AnyPart = (typeof PARTS)[number];

/** A & B & C from A | B | C. */
type Joined<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type StateOf<One> = One extends Part<infer State, object, string> ? State : never;
type ActionsOf<One> = One extends Part<unknown, infer Actions, string> ? Actions : never;
type TaskOf<One> = One extends Part<unknown, object, infer Task> ? Task : never;

export type FeatureActions = Joined<ActionsOf<AnyPart>>;
export type TaskName = TaskOf<AnyPart>;

/** Tasks that the user may be waiting for. */
export const TASKS: readonly TaskName[] = PARTS.flatMap((part): readonly TaskName[] => part.tasks ?? []);

/** Running and failed tasks. */
interface TaskState {
  tasks: Partial<Record<TaskName, Task>>;
  failures: Partial<Record<TaskName | "picture", Failure>>;
}
type PartState = Joined<StateOf<AnyPart>>;

export interface State extends PartState, TaskState {}

const TASK_FIELDS: Part<TaskState>["fields"] = { tasks: held({}), failures: held({}) };

export const FIELDS = Object.assign({}, ...PARTS.map((part) => part.fields), TASK_FIELDS) as {
  readonly [Name in keyof State]: Field<State[Name]>;
};

export function initialState(): State {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field.initial])) as unknown as State;
}
