/** Sets the uniforms of `point_glsl`, which all passes share. */

import type { Program } from "./program";
import type { View } from "./scene";

export function setViewUniforms(
  gl: WebGL2RenderingContext,
  program: Program,
  view: View,
  emphasis: number | null,
): void {
  const { clip, oldClip, style } = view;
  gl.uniformMatrix4fv(program.uniform("uClip"), false, clip.matrix);
  gl.uniform3fv(program.uniform("uOrigin"), clip.origin);
  gl.uniformMatrix4fv(program.uniform("uOldClip"), false, oldClip.matrix);
  gl.uniform3fv(program.uniform("uOldOrigin"), oldClip.origin);
  gl.uniform1f(program.uniform("uMix"), view.mix);
  gl.uniform4fv(program.uniform("uTheme"), style.point);
  gl.uniform2f(program.uniform("uFog"), view.fogPerW, view.fog);
  gl.uniform3f(program.uniform("uGround"), style.ground[0], style.ground[1], style.ground[2]);
  gl.uniform1i(program.uniform("uSizeByDepth"), view.sizeByDepth ? 1 : 0);
  gl.uniform1i(program.uniform("uFiltered"), emphasis === null ? 0 : 1);
  gl.uniform1ui(program.uniform("uEmphasis"), emphasis ?? 0);
}
