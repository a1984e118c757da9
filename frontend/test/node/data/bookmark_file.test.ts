import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AxisChoices, INITIAL_AXES, readAxes } from "../../../src/data/axes";
import { type Bookmark, makePicture } from "../../../src/data/bookmark";
import { parseBookmarks, writeBookmarks } from "../../../src/data/bookmark_file";
import { SPACE_NOT_RECORDED } from "../../../src/data/coordinates";

const picture = makePicture(
  "tsne",
  { x: Float32Array.of(1.5, Number.NaN, -3e-8), y: Float32Array.of(0, 2, 7), z: null },
  [],
  "spherized",
  412,
);
const bookmark: Bookmark = {
  label: "three words </script>",
  view: { method: "tsne", dimensions: "2", camera: "2:0.5,1,3" },
  data: { run: "train", embedding: "words", step: 100, rows: 3, dims: 8 },
  selection: Int32Array.of(0, 2),
  trail: [{ rows: Int32Array.of(0, 1), words: "2 by lasso" }],
  pictures: [
    { ...picture, depth: 0 },
    { ...picture, depth: 1, iteration: 3 },
  ],
  tags: [{ column: "mine", value: "good", rows: Int32Array.of(1, 2) }],
  notes: [],
  raw: null,
};

const read = (text: string): Bookmark[] => parseBookmarks(text).bookmarks.map((one) => ({ ...one, raw: null }));

describe("bookmarks of ours", () => {
  it("come back as they were, digit by digit", () => {
    const whole = { ...bookmark, label: "b", trail: [], pictures: bookmark.pictures.slice(0, 1) };
    expect(read(writeBookmarks([bookmark, whole]))).toEqual([bookmark, whole]);
    expect(picture.finiteRows).toBe(2);
  });

  it("of a newer version are read as far as they are known, and that is reported", () => {
    const [state] = JSON.parse(writeBookmarks([bookmark]));
    const { bookmarks } = parseBookmarks(JSON.stringify([{ ...state, version: 9, hologram: true }]));
    expect(bookmarks[0]).toMatchObject({ label: bookmark.label, selection: bookmark.selection });
    expect(bookmarks[0]!.notes.join()).toContain("newer version");
  });

  it.each([
    ["{", "JSON"],
    ["[]", "no bookmark"],
    ["[1, null]", "neither"],
    ['[{"format": "tb-projector-plugin"}]', "version"],
    ['[{"format": "tb-projector-plugin", "version": 1, "data": {"rows": -1}}]', "how many points"],
  ])("that are damaged are refused with the reason: %s", (text, reason) => {
    expect(() => parseBookmarks(text)).toThrow(reason);
  });

  it("lose a damaged picture, a selection or isolated points that cannot be, and nothing else", () => {
    const [state] = JSON.parse(writeBookmarks([bookmark]));
    const torn = {
      ...state,
      selection: "0-9",
      isolated: [{ rows: "2-1" }],
      pictures: [{ ...state.pictures[0], x: "AAAA" }],
      tags: [...state.tags, { column: "mine", value: 3, rows: "0-9" }],
    };
    const read = parseBookmarks(JSON.stringify(torn)).bookmarks[0]!;
    expect(read).toMatchObject({ view: bookmark.view, selection: null, trail: [], pictures: [], tags: bookmark.tags });
    expect(read.notes).toHaveLength(3);
  });

  it("have the custom axes that a picture is of", () => {
    const axes: AxisChoices = [{ kind: "selections", add: [1, 2], subtract: [] }, INITIAL_AXES[2], INITIAL_AXES[2]];
    const pictures = [{ ...picture, method: "axes", axes, depth: 0 }] as const;
    expect(read(writeBookmarks([{ ...bookmark, pictures }]))[0]!.pictures).toEqual(pictures);
  });

  it("have the space of a picture only if they say it", () => {
    const [state] = JSON.parse(writeBookmarks([bookmark]));
    const { space, ...silent } = state.pictures[0];
    const [said, unsaid] = read(JSON.stringify([{ ...state, pictures: [state.pictures[0], silent] }]))[0]!.pictures;
    expect([said!.space, unsaid!.space]).toEqual([space, SPACE_NOT_RECORDED]);
  });

  it("are written as they were read, with what is not known or damaged; only a label changes", () => {
    const [state] = JSON.parse(writeBookmarks([bookmark]));
    const newer = { ...state, version: 9, hologram: { deep: [1] }, pictures: [{ ...state.pictures[0], x: "AAAA" }] };
    const { bookmarks } = parseBookmarks(JSON.stringify([newer]));
    expect(JSON.parse(writeBookmarks(bookmarks))).toEqual([newer]);
    const renamed = { ...bookmarks[0]!, label: "renamed" };
    expect(JSON.parse(writeBookmarks([renamed], [7]))).toEqual([7, { ...newer, label: "renamed" }]);
  });

  it("written before they named the points of a picture and tags still open: pictures are of the isolated points", () => {
    const [state] = JSON.parse(writeBookmarks([bookmark]));
    const { depth: _depth, ...older } = state.pictures[1];
    const { tags: _tags, ...rest } = state;
    expect(read(JSON.stringify([{ ...rest, pictures: [older] }]))[0]).toEqual({
      ...bookmark,
      pictures: [bookmark.pictures[1]],
      tags: [],
    });
  });
});

describe("bookmarks of the built-in projector", () => {
  /** As TensorBoard 2.21 writes it after t-SNE of four points. */
  const state = {
    label: "State 0",
    isSelected: true,
    tSNEIteration: 57,
    tSNEPerplexity: 8,
    tSNELearningRate: 1,
    tSNEis3d: false,
    umapIs3d: true,
    umapNeighbors: 15,
    umapMinDist: 0.1,
    pcaComponentDimensions: [1, 2],
    projections: [
      { "pca-0": 1, "tsne-0": 0.1, "tsne-1": 0.2 },
      { "pca-0": 2, "tsne-0": 0.3, "tsne-1": 0.4 },
      { "pca-0": 3 },
      { "pca-0": 4, "tsne-0": 0.5, "tsne-1": 0.6 },
    ],
    selectedPoints: [3, 1],
    selectedProjection: "tsne",
    dataSetDimensions: [4, 16],
    cameraDef: { orthographic: true, position: [0, 0, 4], target: [0.5, -0.25, 0], zoom: 2 },
    selectedColorOptionName: "kind",
    selectedLabelOption: "word",
  };

  it("become views here, with their coordinates and camera", () => {
    const [read] = parseBookmarks(JSON.stringify([state])).bookmarks;
    expect(read!.view).toMatchObject({
      method: "tsne",
      dimensions: "2",
      perplexity: "8",
      learningRate: "10",
      colorBy: "kind",
      labelBy: "word",
      components: "1,2,2",
      camera: "2:0.5,-0.25,2",
    });
    expect(read!.data).toMatchObject({ rows: 4, dims: 16 });
    expect(read!.selection).toEqual(Int32Array.of(1, 3));
    const [tsne] = read!.pictures;
    expect(tsne).toMatchObject({ method: "tsne", z: null, iteration: 57, finiteRows: 3, space: SPACE_NOT_RECORDED });
    expect([...tsne!.x].map((value) => Number(value.toFixed(3)))).toEqual([0.1, 0.3, Number.NaN, 0.5]);
  });

  it.each([
    [{ tSNELearningRate: -3 }, "0.001"],
    [{ tSNELearningRate: 0 }, "1"],
    [{ tSNELearningRate: 10 }, undefined],
    [{ tSNELearningRate: 0, tSNEPerplexity: 0 }, undefined],
  ])("have the learning rate whose exponent their slider gives (%#)", (patch, rate) => {
    const [read] = parseBookmarks(JSON.stringify([{ ...state, ...patch }])).bookmarks;
    expect(read!.view.learningRate).toBe(rate);
  });

  describe("on custom axes", () => {
    const custom = {
      ...state,
      selectedProjection: "custom",
      projections: [
        { "linear-x": 0.5, "linear-y": 1 },
        { "linear-x": -0.5, "linear-y": 2 },
        { "linear-x": 0.25, "linear-y": 3 },
        { "linear-x": 0, "linear-y": 4 },
      ],
      customSelectedSearchByMetadataOption: "word",
      ...{ customXLeftText: "man", customXLeftRegex: false, customXRightText: "wom.n", customXRightRegex: true },
      ...{ customYUpText: "king", customYUpRegex: false, customYDownText: "", customYDownRegex: false },
    };
    const readOf = (patch: object) => parseBookmarks(JSON.stringify([{ ...custom, ...patch }])).bookmarks[0]!;

    it("have their searches, from left to right and from down to up, and are named after them", () => {
      const { view, pictures, notes } = readOf({});
      expect([view.method, view.dimensions, notes]).toEqual(["axes", "2", []]);
      const search = (text: string, mode = "text") => ({ text, mode, column: "word" });
      expect(readAxes(view.axes!)).toEqual([
        { kind: "searches", add: search("wom.n", "regex"), subtract: search("man") },
        { kind: "searches", add: search("king"), subtract: search("") },
        INITIAL_AXES[2],
      ]);
      expect(pictures).toHaveLength(1);
      const axes = readAxes(view.axes!);
      expect(pictures[0]).toMatchObject({ method: "axes", y: Float32Array.of(1, 2, 3, 4), z: null, axes });
      expect(pictures[0]!.axisNames).toEqual(["wom.n − man", "king − random"]);
    });

    it("search in the labels where they name no column, and have no fields that nothing was typed in", () => {
      const { view } = readOf({ customSelectedSearchByMetadataOption: undefined, customXLeftText: undefined });
      expect(readAxes(view.axes!)![0]).toMatchObject({ add: { column: null }, subtract: { text: "", column: null } });
      const ends = ["customXLeftText", "customXRightText", "customYUpText", "customYDownText"];
      const empty = readOf(Object.fromEntries(ends.map((end) => [end, ""])));
      expect([empty.view.axes, empty.pictures[0]!.axisNames]).toEqual([undefined, []]);
    });
  });

  it("of filtered points are isolated ones, in their own rows", () => {
    const filtered = {
      ...state,
      filteredPoints: [7, 2],
      dataSetDimensions: [2, 16],
      projections: state.projections.slice(0, 2),
    };
    const [read] = parseBookmarks(JSON.stringify(filtered)).bookmarks;
    expect(read!.trail[0]!.rows).toEqual(Int32Array.of(2, 7));
    expect(read!.pictures[0]!.x[7]).toBeCloseTo(0.1);
    expect(read!.pictures[0]!.x[2]).toBeCloseTo(0.3);
  });

  it("whose numbers were shown as categories are colored so here", () => {
    const [read] = parseBookmarks(JSON.stringify([{ ...state, forceCategoricalColoring: true }])).bookmarks;
    expect(read!.view.colorChoices).toBe("kind:categorical:viridis:::");
  });

  it("of a projection that was not computed say so", () => {
    const [read] = parseBookmarks(JSON.stringify([{ ...state, selectedProjection: "umap" }])).bookmarks;
    expect(read!.notes.join()).toContain("umap");
  });

  describe("as it saves them itself", () => {
    const text = readFileSync(new URL("../golden/builtin_bookmarks.json", import.meta.url), "utf8");
    const states = JSON.parse(text) as { projections: Record<string, number | null>[]; tSNEIteration: number }[];
    const { bookmarks, notes } = parseBookmarks(text);
    const [pca, custom, tsne] = bookmarks;
    const column = (at: number, name: string) => Float32Array.from(states[at]!.projections, (one) => one[name]!);

    it("are all read, each with its name and its data, and nothing is left out", () => {
      expect(bookmarks.map(({ label }) => label)).toEqual(["State 0", "State 1", "State 2"]);
      expect(bookmarks.map(({ data }) => [data.rows, data.dims])).toEqual(Array(3).fill([40, 4]));
      expect([notes, ...bookmarks.map((one) => one.notes)]).toEqual(Array(4).fill([]));
    });

    it("have the method, the label's column and the direction of the camera", () => {
      expect(bookmarks.map(({ view }) => [view.method, view.dimensions, view.labelBy])).toEqual([
        ["pca", "3", "word"],
        ["axes", "2", "word"],
        ["tsne", "3", "word"],
      ]);
      const [azimuth, elevation] = tsne!.view.camera!.replace("3:", "").split(",").map(Number);
      expect(azimuth).toBeCloseTo(Math.atan2(0.45, 1.6), 2);
      expect(elevation).toBeCloseTo(Math.atan2(0.9, Math.hypot(0.45, 1.6)), 2);
      expect([pca!.view.learningRate, tsne!.view.learningRate, tsne!.view.perplexity]).toEqual(["10", "10", "5"]);
    });

    it("have the coordinates of each row", () => {
      expect(pca!.pictures).toEqual([]);
      const [linear] = custom!.pictures;
      expect(linear).toMatchObject({ method: "axes", z: null, finiteRows: 40 });
      expect([linear!.x, linear!.y]).toEqual([column(1, "linear-x"), column(1, "linear-y")]);
      expect(linear!.axisNames).toEqual(["word 2 − word 1", "word 3 − word 4"]);
      const moved = tsne!.pictures.find(({ method }) => method === "tsne")!;
      expect([moved.x, moved.y, moved.z]).toEqual([0, 1, 2].map((axis) => column(2, `tsne-${axis}`)));
      expect(moved.iteration).toBe(states[2]!.tSNEIteration);
      expect(moved.iteration).toBeGreaterThan(0);
    });
  });
});
