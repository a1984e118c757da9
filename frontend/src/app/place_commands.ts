/** Commands that follow from the data: to color or label by each column, to go to each run, tensor and step. */

import { whyNotSize } from "../data/column_use";
import { formatCount } from "../data/format";
import { goTo } from "../state/another_place";
import type { Command, CommandGroup } from "../state/command";
import { columnsOf } from "../state/derived";
import type { Store } from "../state/store";

export function placeCommands(store: Store): readonly CommandGroup[] {
  return [
    { name: "Color", commands: colorCommands(store) },
    { name: "Size", commands: sizeCommands(store) },
    { name: "Label", commands: labelCommands(store) },
    { name: "Go to", commands: [...runCommands(store), ...tensorCommands(store), ...stepCommands(store)] },
  ];
}

function colorCommands(store: Store): Command[] {
  const columns = columnsOf(store.state);
  if (columns.length === 0) return [];
  const none = byName("Color by nothing", () => store.set({ colorBy: "" }));
  return [...columns.map(({ name }) => byName(`Color by ${name}`, () => store.set({ colorBy: name }))), none];
}

function sizeCommands(store: Store): Command[] {
  const usable = columnsOf(store.state).filter((column) => whyNotSize(column) === undefined);
  if (usable.length === 0) return [];
  const none = byName("Size by nothing", () => store.set({ sizeBy: null }));
  return [...usable.map(({ name }) => byName(`Size by ${name}`, () => store.set({ sizeBy: name }))), none];
}

function labelCommands(store: Store): Command[] {
  return columnsOf(store.state).map(({ name }) => byName(`Label by ${name}`, () => store.set({ labelBy: name })));
}

function runCommands(store: Store): Command[] {
  const runs = (store.state.runs?.runs ?? []).filter((run) => run.embeddings.length > 0);
  return runs
    .filter((run) => run.name !== store.state.shown?.run.name)
    .map(({ name }) => byName(`Go to run ${name}`, () => store.set(goTo({ run: name, embedding: null, step: null }))));
}

function tensorCommands(store: Store): Command[] {
  const { shown } = store.state;
  return (shown?.run.embeddings ?? [])
    .filter((embedding) => embedding !== shown?.embedding)
    .map(({ name }) => byName(`Go to tensor ${name}`, () => store.set(goTo({ embedding: name, step: null }))));
}

function stepCommands(store: Store): Command[] {
  const { shown } = store.state;
  return (shown?.embedding.steps ?? [])
    .filter(({ step }) => step !== null && step !== shown?.step.step)
    .map(({ step }) => byName(`Go to step ${formatCount(step!)}`, () => store.set({ step })));
}

function byName(name: string, run: () => void): Command {
  return { name, keys: [], run };
}
