/**
 * A guide to reading t-SNE and UMAP pictures, next to the controls. In our own words, after M. Wattenberg, F. Viégas
 * and I. Johnson, "How to use t-SNE effectively" (Distill, 2016), and D. Kobak and P. Berens, "The art of using t-SNE
 * for single-cell transcriptomics" (Nature Communications 10, 2019).
 */
import { css, html, LitElement, type SVGTemplateResult, svg } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";

const GAP_PX = 12;
const WIDTH_PX = 360;
/** Approximate height; it scrolls in a smaller window. */
const HEIGHT_PX = 648;
/** The status bar, which goes on saying how far the layout is. */
const STATUS_PX = 28;

interface Rule {
  readonly rule: string;
  readonly why: string;
  readonly drawing: SVGTemplateResult;
}

/** Dots from a flat list of x, y, radius. */
function dots(...numbers: number[]): SVGTemplateResult {
  const circles = [];
  for (let at = 0; at < numbers.length; at += 3) {
    circles.push(svg`<circle cx=${numbers[at]!} cy=${numbers[at + 1]!} r=${numbers[at + 2]!} />`);
  }
  return svg`${circles}`;
}

const RULES: readonly Rule[] = [
  {
    rule: "The size of a cluster says nothing.",
    why: "Dense groups are spread out and thin ones drawn in, until all look alike.",
    drawing: svg`<g fill="var(--accent)">${dots(8, 14, 2, 12, 11, 2, 11, 17, 2)}</g><g fill="var(--text-faint)">${dots(26, 8, 2, 38, 12, 2, 29, 20, 2, 37, 22, 2)}</g>`,
  },
  {
    rule: "Distances between clusters may say nothing.",
    why: "Who is near is kept; how far the others are is not. Axes have no meaning.",
    drawing: svg`<g fill="var(--accent)">${dots(7, 14, 4, 38, 14, 4)}</g><path d="M14 14h17" stroke="var(--text-faint)" stroke-dasharray="2 2" />`,
  },
  {
    rule: "Perplexity, or neighbors, decides what is seen.",
    why: "Small values show fine grain, large ones the whole. Believe what several of them show.",
    drawing: svg`<g fill="none" stroke="var(--accent)"><circle cx="14" cy="14" r="5"/><circle cx="14" cy="14" r="11" stroke-dasharray="2 2"/></g><g fill="var(--accent)">${dots(14, 14, 2, 17, 12, 1.5, 34, 9, 1.5, 37, 18, 1.5)}</g>`,
  },
  {
    rule: "Noise can look like structure.",
    why: "Random points clump too, most of all at a small perplexity. Color by something you know.",
    drawing: svg`<g fill="var(--text-faint)">${dots(6, 8, 1.5, 9, 10, 1.5, 8, 6, 1.5, 22, 20, 1.5, 25, 18, 1.5, 36, 7, 1.5, 39, 10, 1.5, 37, 12, 1.5, 15, 15, 1.5)}</g>`,
  },
  {
    rule: "Run it more than once.",
    why: "Another seed, or Perturb: what comes back every time is in the data, the rest is chance.",
    drawing: svg`<path d="M31 14a9 9 0 1 1-3-6.700M31 3v5h-5" fill="none" stroke="var(--accent)" stroke-width="1.5" stroke-linecap="round" />`,
  },
  {
    rule: "The start decides the arrangement.",
    why: "It starts from PCA here, which keeps the rough order of the clusters; a random start would lose it.",
    drawing: svg`<g fill="var(--text-faint)">${dots(6, 19, 1.5, 12, 15, 1.5, 18, 13, 1.5)}</g><path d="M22 12h6m-2-2 2 2-2 2" fill="none" stroke="var(--text-faint)"/><g fill="var(--accent)">${dots(33, 20, 2.5, 37, 12, 2.5, 40, 5, 2.5)}</g>`,
  },
];

@customElement("reading-guide")
export class ReadingGuide extends LitElement {
  @query("[popover]") private card!: HTMLElement;

  static override styles = [
    controlStyles,
    css`
      [popover] { position: fixed; inset: auto; margin: 0; width: ${WIDTH_PX}px; max-height: calc(100vh - ${STATUS_PX + 2 * GAP_PX}px); overflow: auto; padding: 12px 16px; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); }
      header { display: flex; justify-content: space-between; align-items: center; margin: -4px -8px 4px 0; }
      li { display: grid; grid-template-columns: 44px minmax(0, 1fr); gap: 12px; padding: 6px 0; list-style: none; }
      ul { padding: 0; }
      svg.drawing { margin-top: 2px; }
      b { font-weight: 600; }
      footer { margin-top: 6px; padding-top: 8px; border-top: 1px solid var(--line); }
    `,
  ];

  override render() {
    return html`<button class="link small" popovertarget="guide" title="What this picture can say, and what it cannot">Reading this picture</button>
      <section id="guide" popover aria-label="Reading this picture" @beforetoggle=${this.#position}>
        <header><h2>Reading this picture</h2><button class="icon" popovertarget="guide" popovertargetaction="hide" aria-label="Close" title="Close (Esc)">${icon("close")}</button></header>
        <ul>${RULES.map(
          ({
            rule,
            why,
            drawing,
          }) => html`<li><svg class="drawing" width="44" height="28" viewBox="0 0 44 28" aria-hidden="true">${drawing}</svg>
          <span><b>${rule}</b> <span class="soft">${why}</span></span></li>`,
        )}</ul>
        <footer class="small faint">After Wattenberg, Viégas and Johnson, «How to use t-SNE effectively», Distill 2016, and Kobak and Berens,
          «The art of using t-SNE for single-cell transcriptomics», Nature Communications 2019.</footer>
      </section>`;
  }

  /** Next to the panel, over the picture; if there is no room, as far right as it fits. */
  #position(event: ToggleEvent): void {
    if (event.newState !== "open") return;
    const { right, top } = this.getBoundingClientRect();
    const left = Math.min(right + 2 * GAP_PX, innerWidth - WIDTH_PX - GAP_PX);
    this.card.style.left = `${Math.max(GAP_PX, left)}px`;
    this.card.style.top = `${Math.max(GAP_PX, Math.min(top, innerHeight - STATUS_PX - HEIGHT_PX - GAP_PX))}px`;
  }
}
