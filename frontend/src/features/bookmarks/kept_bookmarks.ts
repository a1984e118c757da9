/** On the page without data: bookmarks that were dropped there and wait for some, and what is wrong with others. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { plural } from "../../data/format";
import { StoreElement } from "../../state/store_element";

@customElement("kept-bookmarks")
export class KeptBookmarks extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: grid; gap: 4px; width: min(640px, 100%); padding-top: 16px; }
      .note { color: var(--warning); overflow-wrap: anywhere; }
    `,
  ];

  override render() {
    const { bookmarks, bookmarkNotes } = this.state;
    const { length } = bookmarks;
    const [are, them] = length === 1 ? ["is", "it"] : ["are", "them"];
    const kept = `${plural(length, "bookmark")} ${are} kept in this window: once data is shown, the inspector lists ${them}.`;
    return html`<div role="status">${length === 0 ? nothing : html`<p>${kept}</p>`}
      ${bookmarkNotes.map((note) => html`<p class="note small">${note}</p>`)}</div>`;
  }
}
