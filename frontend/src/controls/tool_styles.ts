/** Tightly grouped toolbar buttons. */
import { css } from "lit";

export const toolStyles = css`
  :host, [role="radiogroup"] { display: flex; gap: 2px; }
`;
