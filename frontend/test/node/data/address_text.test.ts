import { describe, expect, it } from "vitest";
import { fitTokens, unreadNote } from "../../../src/data/address_text";
import { emptyAxis, readAxes, writeAxes } from "../../../src/data/axes";
import { cameraFor, HOME, readCameras, withCamera, writeCameras } from "../../../src/data/cameras";
import { writeRows } from "../../../src/data/row_text";
import { writeTrail } from "../../../src/data/trail_text";
import { readView } from "../../../src/state/view";

describe("what fits into an address", () => {
  const lengthOf = (name: string, value: string) => name.length + value.length + 2;

  it("is all of it where there is room, else all but the longest", () => {
    const tokens = { run: "train", selection: "1-2,".repeat(900), query: "x".repeat(300) };
    expect(fitTokens(tokens, 10_000, lengthOf)).toEqual({ kept: tokens, leftOut: [] });
    const { kept, leftOut } = fitTokens(tokens, 2000, lengthOf);
    expect(leftOut).toEqual(["selection"]);
    expect(kept).toEqual({ run: "train", query: tokens.query, selection: "~0" });
    expect(fitTokens(tokens, 100, lengthOf).kept).toEqual({ run: "train", selection: "~0" });
  });

  const everyOther = (count: number) => Int32Array.from({ length: count }, (_, at) => 2 * at);
  const subset = (rows: Int32Array) => ({ name: "", rows, words: "by lasso" });
  const axesOf = (rows: Int32Array) =>
    writeAxes([{ kind: "selections", add: [...rows], subtract: [1] }, emptyAxis("random"), emptyAxis("random")]);

  it("is shared by what is selected, isolated and on the axes; of what has no room, the number is left", () => {
    const tokens = (selected: number, isolated: number, onAxes: number) => ({
      selection: writeRows(everyOther(selected)),
      trail: writeTrail([subset(Int32Array.of(0, 1, 2)), subset(everyOther(isolated))]),
      axes: axesOf(everyOther(onAxes)),
    });
    expect(fitTokens(tokens(300, 10, 10), 2000, lengthOf)).toEqual({ kept: tokens(300, 10, 10), leftOut: [] });
    expect(fitTokens(tokens(10, 300, 10), 2000, lengthOf)).toEqual({ kept: tokens(10, 300, 10), leftOut: [] });
    const crowded = fitTokens(tokens(300, 350, 10), 2000, lengthOf);
    expect(crowded).toEqual({ kept: { ...tokens(300, 350, 10), trail: "~350" }, leftOut: ["trail"] });
    expect(readView(crowded.kept)).not.toHaveProperty("trail");
    const { kept, leftOut } = fitTokens(tokens(9000, 9000, 9000), 2000, lengthOf);
    expect(leftOut).toEqual(["selection", "trail", "axes"]);
    expect(readView(kept).axes![0]).toEqual(emptyAxis("selections"));
    expect(unreadNote("axes", kept.axes!, "custom axes")).toContain(
      "no room for the points of the custom axes, 9,001 of them",
    );
    expect(unreadNote("trail", kept.trail!, "isolated points")).toContain(
      "no room for the isolated points, 9,000 of them",
    );
  });

  it("is reported where it cannot be read, without a megabyte of it", () => {
    expect(unreadNote("minDist", "abc", "min. distance")).toContain("“abc” for the min. distance");
    expect(unreadNote("nothing", "1", null)).toContain("“nothing”");
    expect(unreadNote("selection", "~4821", "selected points")).toContain(
      "no room for the selected points, 4,821 of them",
    );
    expect(unreadNote("query", "y".repeat(1e6), "search").length).toBeLessThan(200);
  });
});

it("of three axes without room for their points, the numbers of them are left", () => {
  const selections = {
    kind: "selections",
    add: [...Array(9000).keys()].map((row) => 3 * row),
    subtract: [1, 2],
  } as const;
  const encoded = (name: string, value: string) => `p.embeddings.${name}=${encodeURIComponent(value)}`.length;
  const { kept, leftOut } = fitTokens({ axes: writeAxes([selections, selections, selections]) }, 2000, encoded);
  expect([readAxes(kept.axes!)![2], leftOut]).toEqual([emptyAxis("selections"), ["axes"]]);
});

it("axes of any number of points are whole in a bookmark, and those of earlier versions are read", () => {
  const rows = Array.from({ length: 5000 }, (_, at) => 3 * at);
  const random = emptyAxis("random");
  const axes = [{ kind: "selections", add: rows, subtract: [7, 8] }, random, random] as const;
  expect(readAxes(writeAxes(axes))).toEqual(axes);
  expect(readAxes(JSON.stringify(axes))).toEqual(axes);
});

describe("cameras", () => {
  const solid = { azimuth: 0.5, elevation: -1.25, target: [0.1, -2, 3e-5], zoom: 12.5 } as const;
  const flat = { azimuth: 0, elevation: 0, target: [-1, 0.25, 0], zoom: 3 } as const;

  it("come back as they were written, each for its way of looking", () => {
    const cameras = withCamera(withCamera(HOME, 3, solid), 2, flat);
    expect(readCameras(writeCameras(cameras))).toEqual(cameras);
    expect(cameraFor(cameras, 2)).toBe(flat);
    expect(writeCameras(HOME)).toBe("");
    expect(readCameras("")).toEqual(HOME);
  });

  it.each(["2:1,2", "2:1,2,0", "2:1,2,-3", "3:1,2,3,4,5,NaN", "4:1,2,3", "2:a,b,c", "2:1,2,1e99", "2:1,2,3;x"])(
    "are not read out of %s",
    (text) => expect(readCameras(text)).toBeUndefined(),
  );
});
