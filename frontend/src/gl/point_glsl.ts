/** GLSL shared by the passes: positions of points, and the effects of emphasis and fog. */

export const POINT_GLSL = `#version 300 es
precision highp float;
precision highp int;
in float aX; in float aY; in float aZ;
in float aOldX; in float aOldY; in float aOldZ;
in vec4 aColor;
in uint aEmphasis;
in uint aRow;
in float aSize;
uniform mat4 uClip;
uniform vec3 uOrigin;
uniform mat4 uOldClip;
uniform vec3 uOldOrigin;
uniform float uMix;
uniform vec4 uTheme;
uniform vec2 uFog;
uniform uint uEmphasis;
uniform bool uFiltered;
uniform bool uSizeByDepth;

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

// By bits: a compiler may assume that no float is NaN.
bool isFinitePosition(vec3 p) {
  const uint EXPONENT = 0x7f800000u;
  uvec3 bits = floatBitsToUint(p) & EXPONENT;
  return bits.x != EXPONENT && bits.y != EXPONENT && bits.z != EXPONENT;
}

vec4 clipPosition() {
  if (uFiltered && aEmphasis != uEmphasis) return NOWHERE;
  vec3 p = vec3(aX, aY, aZ);
  if (!isFinitePosition(p)) return NOWHERE;
  vec4 clip = uClip * vec4(p - uOrigin, 1.0);
  if (uMix >= 1.0) return clip;
  vec3 old = vec3(aOldX, aOldY, aOldZ);
  return isFinitePosition(old) ? mix(uOldClip * vec4(old - uOldOrigin, 1.0), clip, uMix) : clip;
}

// How many times larger than at the target a point of this depth is drawn.
float growthAt(float w, float least, float most) {
  return uSizeByDepth ? clamp(1.0 / w, least, most) : 1.0;
}

// Fraction of the background's color at this depth: none in front, most in the distance.
float fogAt(float w) {
  return uFog.y * smoothstep(-0.5, 1.0, (w - 1.0) * uFog.x);
}

// Faded toward the ground instead of by alpha: thousands of faded points in one place stay faint.
vec3 fade(vec3 color, vec3 ground, bool faded) {
  return faded ? mix(ground, color, 0.15) : color;
}

vec4 pointColor() {
  return aColor.a < 0.0 ? uTheme : aColor;
}
`;
