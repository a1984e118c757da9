/** What a column can be used for, judged by its values. */
import { expect, it } from "vitest";
import { whyNotImage } from "../../../src/data/column_use";
import { textColumn } from "./columns";

it.each([
  [["a.png", "b.png"], undefined],
  [[null, " ", "nan", "<NA>", "a.PNG"], undefined],
  [["nan", null], "names no images"],
  [["https://example.org/a.png"], "names no images"],
  [["nanny", "a.png"], "names no images"],
])("images of %j: %s", (cells, why) => expect(whyNotImage(textColumn("image", cells))).toBe(why));
