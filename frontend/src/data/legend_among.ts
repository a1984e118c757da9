/** Legends of some of the rows: their counts, and only the values that they have. Colors, scale and order stay. */
import { classesOf } from "./classes";
import { type CategoricalLegend, LEGEND_BINS, type Legend, type NumericLegend } from "./coloring";
import type { Column } from "./column";
import { countBins, numberValues, rangeOf } from "./number_values";
import { takeRows } from "./part_of_rows";
import type { SizeLegend } from "./point_sizes";

/** `column` is the one that the legend was computed from. */
export function legendAmong(legend: Legend, column: Column, rows: Int32Array): Legend {
  return legend.kind === "numeric" ? scaleAmong(legend, column, rows) : valuesAmong(legend, column, rows);
}

export function sizeLegendAmong(legend: SizeLegend, column: Column, rows: Int32Array): SizeLegend {
  return { ...legend, missing: rangeOf(takeRows(numberValues(column), rows)).missing };
}

/** Its bins are those of all rows, so that a range means the same. */
function scaleAmong(legend: NumericLegend, column: Column, rows: Int32Array): NumericLegend {
  const values = takeRows(numberValues(column), rows);
  const { missing } = rangeOf(values);
  const bins = countBins(values, { ...legend.values, missing }, LEGEND_BINS);
  return { ...legend, missing, values: { ...legend.values, bins } };
}

function valuesAmong(legend: CategoricalLegend, column: Column, rows: Int32Array): CategoricalLegend {
  const { codes, texts } = classesOf(column);
  const counts = new Int32Array(texts.length);
  let missing = 0;
  for (const code of takeRows(codes, rows)) code < 0 ? missing++ : counts[code]!++;
  const countOf = new Map<string, number>();
  counts.forEach((count, code) => {
    if (count > 0) countOf.set(texts[code]!, count);
  });
  const present = legend.categories.filter(({ text }) => countOf.has(text));
  const categories = present.map((category) => ({ ...category, count: countOf.get(category.text)! }));
  const counted = categories.reduce((sum, { count }) => sum + count, missing);
  const others = { categories: countOf.size - categories.length, count: rows.length - counted };
  return { ...legend, categories, others, missing };
}
