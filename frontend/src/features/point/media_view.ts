/** An image, sound or video named in a cell; if it cannot be loaded, the reason. */
import { css, html, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { mediaKind } from "../../data/media";
import { StoreElement } from "../../state/store_element";

@customElement("media-view")
export class MediaView extends StoreElement {
  /** As given in the cell. */
  @property() path = "";
  @state() private failure: string | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      img, video { display: block; max-width: 100%; max-height: 160px; border-radius: 4px; background: var(--hover); }
      audio { display: block; width: 100%; height: 32px; }
      a { display: block; width: fit-content; max-width: 100%; }
      p { color: var(--error); overflow-wrap: anywhere; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("path")) this.failure = null;
  }

  override render() {
    const url = this.actions.assetUrl(this.path);
    if (this.failure !== null || url === null) return html`<p class="small" role="alert">${this.failure ?? ""}</p>`;
    switch (mediaKind(this.path)) {
      case "image":
        return html`<a href=${url} target="_blank" rel="noopener" title="Open ${this.path} in a tab of its own"><img src=${url} alt=${this.path} @error=${this.#explain} /></a>`;
      case "audio":
        return html`<audio controls preload="metadata" src=${url} aria-label=${this.path} @error=${this.#explain}></audio>`;
      default:
        return html`<video controls preload="metadata" src=${url} aria-label=${this.path} @error=${this.#explain}></video>`;
    }
  }

  /** An element only reports that an error occurred; the response gives the reason. */
  async #explain(): Promise<void> {
    const path = this.path;
    const failure = await this.actions.explainAsset(path);
    if (path === this.path) this.failure = failure;
  }
}
