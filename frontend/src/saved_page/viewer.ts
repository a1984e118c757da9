/**
 * The script of a saved page: reads the view embedded in the page and shows it. Built separately as one classic script,
 * since modules do not load from a file; it makes no requests.
 */

import { installTokens } from "../controls/tokens";
import { readSavedView, type SavedView } from "../data/saved_page";
import { make } from "./elements";
import { PAGE_STYLES } from "./page_styles";
import { SavedPage } from "./saved_page";

function start(): void {
  installTokens();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PAGE_STYLES);
  document.adoptedStyleSheets.push(sheet);
  try {
    new SavedPage(readView());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    document.body.append(make("p", { role: "alert" }, `This page cannot be shown: ${reason}. Save it again.`));
  }
}

/** The texts are released once parsed: they are as large as everything else together. */
function readView(): SavedView {
  const removeText = (id: string) => {
    const element = document.getElementById(id);
    element?.remove();
    return element?.textContent ?? null;
  };
  const head = removeText("head");
  if (head === null) throw new Error("its head is missing");
  return readSavedView(head, removeText);
}

start();
