import { describe, expect, it, vi } from "vitest";
import { FIELDS, initialState, type State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { readView, VIEW_FIELDS, writeView } from "../../../src/state/view";

const CHANGED: Partial<State> = {
  run: "a/b=c & d",
  embedding: "layer/kernel",
  step: 0,
  labelBy: "",
  importanceBy: "",
  colorBy: "",
  colorChoices: [
    {
      ...{ column: "a:b;c=", kind: "numeric", scale: "blue-orange", min: -1.5, middle: 0, max: null },
      own: [{ value: "x:y=z;,%", color: [1, 128, 255] }],
    },
    { ...{ column: "d", kind: null, scale: "viridis", min: null, middle: null, max: null }, own: [] },
  ],
  sizeBy: "",
  imageBy: "file",
  metadataUpload: "77ab",
  uploads: ["3f2a77ab", "77ab3f2a"],
  showMinimap: false,
  showImages: false,
  showLabels: false,
  nameColors: false,
  dimensions: 2,
  components: [3, 1, 9],
  metric: "euclidean",
  neighborCount: 5,
  terms: [
    { row: 3, sign: 1 },
    { row: 5, sign: -1 },
    { row: 3, sign: 1 },
  ],
  normalizeTerms: true,
  query: "(ü|&)",
  searchIn: "",
  searchMode: "exact",
  matchCase: true,
  row: 17,
  list: "matches",
  selection: Int32Array.of(1, 2, 3, 9),
  trail: [
    { name: "", rows: Int32Array.of(0, 1, 2, 3, 9), words: "5 by lasso" },
    { name: "", rows: Int32Array.of(1, 2), words: "2 matches of «ü & =»" },
  ],
  filters: [
    { kind: "values", column: "kind", values: ["a,b:c", null, ""], isExcluding: true },
    { kind: "range", column: "age", min: -1.5, max: null },
  ],
  tableOpen: true,
  tableSort: [{ column: "-kind,", isDescending: true }],
  tableOnlySelected: true,
  tableCoordinates: true,
  tableDistances: true,
  tableOrder: ["b", "a,b"],
  tableHidden: ["%", "kind"],
  pointSize: 12.5,
  opacity: 0.25,
  density: true,
  fog: false,
  sizeByDepth: false,
  labelPoints: true,
  showAxes: false,
  imagesNear: false,
  listImages: false,
  camera: {
    flat: { azimuth: 0, elevation: 0, target: [0.5, -1, 0], zoom: 2 },
    solid: { azimuth: 1, elevation: -0.5, target: [0, 0.25, 0], zoom: 0.5 },
  },
  showLines: false,
  method: "axes",
  spherize: true,
  perplexity: 7.5,
  learningRate: 1000,
  exaggeration: 4,
  seed: 42,
  superviseBy: "digit",
  superviseWithout: "",
  supervision: 0.25,
  umapNeighbors: 30,
  minDist: 0.001,
  spread: 2,
  epochs: 250,
  axes: [
    {
      kind: "searches",
      add: { text: "«ä&=»", mode: "regex", column: "" },
      subtract: { text: "", mode: "text", column: null },
    },
    { kind: "selections", add: [1, 2, 3], subtract: [] },
    { kind: "points", add: 7, subtract: null },
  ],
  asIs: [
    { kind: "dimension", dimension: 9 },
    { kind: "column", column: "age" },
    { kind: "dimension", dimension: 0 },
  ],
};

describe("the view as text", () => {
  it("comes back as it was, every field of it", () => {
    expect(Object.keys(CHANGED).sort()).toEqual([...VIEW_FIELDS].sort());
    expect(readView(writeView({ ...initialState(), ...CHANGED }))).toEqual(CHANGED);
  });

  it("is empty at the start", () => {
    expect(writeView(initialState())).toEqual({});
  });

  it.each([
    ["dimensions", "4"],
    ["dimensions", ""],
    ["components", "0,1"],
    ["components", "0,1,10"],
    ["components", "a,b,c"],
    ["row", "-1"],
    ["row", "1e3"],
    ["row", "1.5"],
    ["row", "99999999999"],
    ["neighborCount", "4"],
    ["neighborCount", "1001"],
    ["searchMode", "yes"],
    ["metric", "manhattan"],
    ["method", "lda"],
    ["perplexity", "1"],
    ["perplexity", "0x1f"],
    ["perplexity", ""],
    ["supervision", "NaN"],
    ["minDist", "-1"],
    ["axes", "{}"],
    ["axes", "[null,null,null]"],
    ["axes", '[{"kind":"pca","component":10},{"kind":"random","seed":0},{"kind":"random","seed":0}]'],
    ["axes", '[{"kind":"points","add":-1,"subtract":0},{"kind":"random","seed":0},{"kind":"random","seed":0}]'],
    ["axes", '[{"kind":"selections","add":"3-1","subtract":""},{"kind":"random","seed":0},{"kind":"random","seed":0}]'],
    ["trail", "1-5"],
    ["trail", "5 by hand"],
    ["trail", "1-9 by hand\n9-1 by lasso"],
    ["trail", "0-16777210 a\n0-16777210 b"],
    ["trail", "~4821"],
    ["asIs", "[0,1]"],
    ["asIs", "[0,1,-2]"],
  ])("that is damaged (%s=%s) is no value", (name, text) => {
    expect(readView({ [name]: text, unknown: "1" })).toEqual({});
  });
});

describe("the store", () => {
  it("reports what differs, and nothing when nothing does", () => {
    const store = new Store();
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    store.set({ row: null, query: "" });
    expect(listener).not.toHaveBeenCalled();
    store.set({ row: 3, query: "" });
    expect([...listener.mock.calls[0]![1]]).toEqual(["row"]);
    unsubscribe();
    store.set({ row: 4 });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("reports what a listener changed after the round, so that every listener sees every change once and in order", () => {
    const store = new Store();
    const seen: unknown[] = [];
    store.subscribe((state) => state.row === 1 && store.set({ row: 2 }));
    store.subscribe((state, changed) => seen.push([state.row, [...changed]]));
    store.set({ row: 1 });
    expect(seen.at(-1)).toEqual([2, ["row"]]);
    expect(store.state.row).toBe(2);
  });
});

it("every field has a default", () => {
  expect(Object.values(FIELDS).every((field) => field.initial !== undefined)).toBe(true);
});
