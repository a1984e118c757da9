/** Buttons of the toolbar that stand close together. */
import { css } from "lit";

export const toolStyles = css`
  :host, [role="radiogroup"] { display: flex; gap: 2px; }
`;
