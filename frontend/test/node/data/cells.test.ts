/** Links in cells, and cells that name a medium. */
import { describe, expect, it } from "vitest";
import { splitLinks } from "../../../src/data/links";
import { mediaKind } from "../../../src/data/media";

describe("links", () => {
  it.each([
    ["https://a.org/x?y=1#z", ["https://a.org/x?y=1#z"]],
    ["See https://a.org/x. And (http://b.org/y), too", ["https://a.org/x", "http://b.org/y"]],
    ["https://en.wikipedia.org/wiki/Mercury_(planet).", ["https://en.wikipedia.org/wiki/Mercury_(planet)"]],
    ["javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.org", []],
    ["http:// https://", []],
    ["<a href='https://a.org/x'>", ["https://a.org/x"]],
    ["no link", []],
    ["", []],
  ])("of «%s»", (text, links) => {
    const parts = splitLinks(text);
    expect(parts.flatMap(({ href }) => href ?? [])).toEqual(links);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });
});

describe("media", () => {
  it.each([
    ["a/b.PNG", "image"],
    ["../x y.jpeg", "image"],
    ["clip.wav", "audio"],
    [" clip.mp3 ", "audio"],
    ["film.webm", "video"],
    ["C\\d.gif", "image"],
    ["https://a.org/b.png", null],
    ["//a.org/b.png", null],
    ["data:image/png;base64,x.png", null],
    [".png", null],
    ["drawing.svg", null],
    ["page.html", null],
    ["word", null],
    ["two\nlines.png", null],
    [`${"a".repeat(5000)}.png`, null],
  ])("«%s» is %s", (cell, kind) => expect(mediaKind(cell)).toBe(kind));
});
