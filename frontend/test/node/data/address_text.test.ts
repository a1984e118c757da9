import { describe, expect, it } from "vitest";
import { fitTokens, unreadNote } from "../../../src/data/address_text";
import { cameraFor, HOME, readCameras, withCamera, writeCameras } from "../../../src/data/cameras";

describe("what fits into an address", () => {
  const lengthOf = (name: string, value: string) => name.length + value.length + 2;

  it("is all of it where there is room, else all but the longest", () => {
    const tokens = { run: "train", selection: "1-2,".repeat(900), query: "x".repeat(300) };
    expect(fitTokens(tokens, 10_000, lengthOf)).toEqual({ kept: tokens, leftOut: [] });
    const { kept, leftOut } = fitTokens(tokens, 2000, lengthOf);
    expect(leftOut).toEqual(["selection"]);
    expect(kept).toEqual({ run: "train", query: tokens.query });
    expect(fitTokens(tokens, 100, lengthOf).kept).toEqual({ run: "train" });
  });

  it("is said where it cannot be read, without a megabyte of it", () => {
    expect(unreadNote("perplexity", "abc", true)).toContain("“abc” for perplexity");
    expect(unreadNote("nothing", "1", false)).toContain("“nothing”");
    expect(unreadNote("selection", "~4821", true)).toContain("no room for the selected points, 4,821 of them");
    expect(unreadNote("query", "y".repeat(1e6), true).length).toBeLessThan(200);
  });
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
