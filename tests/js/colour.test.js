import assert from "node:assert/strict";
import { test } from "node:test";
import * as colour from "gridtime/math/colour.js";

/** @typedef {import("gridtime/math/colour.js").RGB} RGB */

const THEMES = /** @type {const} */ (["light", "dark"]);
const KINDS = /** @type {const} */ (["activation", "weight", "probability"]);

/**
 * Largest difference of two colours in one channel.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
const apart = (a, b) => Math.max(...[0, 1, 2].map((i) => Math.abs(a[i] - b[i])));

test("OKLab agrees with reference values of its author", () => {
  // Ottosson's published pairs: white, and pure red.
  const white = colour.toOklab([255, 255, 255]);
  assert.ok(Math.abs(white[0] - 1) < 1e-4 && Math.abs(white[1]) < 1e-4 && Math.abs(white[2]) < 1e-4);
  const red = colour.toOklab([255, 0, 0]);
  [0.62796, 0.22486, 0.12585].forEach((v, i) => assert.ok(Math.abs(red[i] - v) < 1e-4));
  /** @type {RGB[]} */
  const some = [[12, 200, 99], [127, 50, 0], [255, 210, 63]];
  for (const rgb of some) assert.ok(apart(colour.fromOklab(colour.toOklab(rgb)), rgb) < 0.05);
});

test("the scales pass through their stops, zero exactly", () => {
  const light = colour.activation("light");
  assert.deepEqual(colour.colourOf(0, 1, light), [0xf3, 0xf3, 0xf1]);
  assert.deepEqual(colour.colourOf(1, 1, light), [0x0b, 0x43, 0x84]);
  assert.deepEqual(colour.colourOf(-1, 1, light), [0x7f, 0x32, 0x00]);
  assert.ok(apart(colour.colourOf(0.5, 1, light), [0x5b, 0x9a, 0xd0]) <= 2);
  assert.deepEqual(colour.colourOf(0, 1, colour.activation("dark")), [0x22, 0x26, 0x2c]);
  assert.deepEqual(colour.colourOf(1, 1, colour.probability("light")), [0x06, 0x48, 0x4d]);
  assert.deepEqual(colour.colourOf(0, 1, colour.probability("dark")), [0x22, 0x26, 0x2c]);
  assert.ok(apart(colour.colourOf(-0.5, 1, colour.weight("dark")), [0x3a, 0x80, 0x51]) <= 2);
});

test("values beyond the limit, NaN and a limit of zero stay on the scale", () => {
  const table = colour.activation("light");
  assert.deepEqual(colour.colourOf(9, 1, table), colour.colourOf(1, 1, table));
  assert.deepEqual(colour.colourOf(NaN, 1, table), colour.colourOf(0, 1, table));
  assert.deepEqual(colour.colourOf(5, 0, table), colour.colourOf(0, 1, table));
  assert.deepEqual(colour.colourOf(-1, 1, colour.probability("light")), [0xf3, 0xf3, 0xf1]);
});

test("digits on any cell reach a contrast of 4.59", () => {
  for (const theme of THEMES) {
    for (const kind of KINDS) {
      const table = colour[kind](theme);
      for (let i = 0; i < 256; i++) {
        const cell = /** @type {RGB} */ ([table[i * 3], table[i * 3 + 1], table[i * 3 + 2]]);
        const ink = colour.digitInk(cell) === "#000" ? colour.rgb("#000000") : colour.rgb("#FFFFFF");
        assert.ok(colour.contrast(cell, ink) >= 4.59 - 0.01, `${kind} ${theme} ${i}`);
      }
    }
  }
});

/**
 * As seen without green cones (Machado et al. 2009, severity 1), in CIELAB under D65.
 * @param {RGB} rgb
 */
function deutan(rgb) {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const [R, G, B] = [
    0.367322 * r + 0.860646 * g - 0.227968 * b,
    0.280085 * r + 0.672501 * g + 0.047413 * b,
    -0.01182 * r + 0.04294 * g + 0.968881 * b,
  ].map((v) => Math.min(1, Math.max(0, v)));
  const [x, y, z] = [
    (0.4124 * R + 0.3576 * G + 0.1805 * B) / 0.95047,
    0.2126 * R + 0.7152 * G + 0.0722 * B,
    (0.0193 * R + 0.1192 * G + 0.9505 * B) / 1.08883,
  ].map((v) => (v > 216 / 24389 ? Math.cbrt(v) : (v * 24389) / 27 / 116 + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("plus and minus stay apart without green cones: plus bluish, minus yellowish", () => {
  const apartBy = { activation: { light: 87, dark: 83 }, weight: { light: 56, dark: 43 } };
  for (const theme of THEMES) {
    for (const kind of /** @type {const} */ (["activation", "weight"])) {
      const table = colour[kind](theme);
      const plus = deutan(colour.colourOf(1, 1, table));
      const minus = deutan(colour.colourOf(-1, 1, table));
      const distance = Math.hypot(...plus.map((v, i) => v - minus[i]));
      assert.ok(Math.abs(distance - apartBy[kind][theme]) < 2, `${kind} ${theme} ${distance}`);
      assert.ok(plus[2] < minus[2], `${kind} ${theme}`);
    }
  }
});

test("paint writes one opaque pixel a value, from an offset", () => {
  const table = colour.activation("light");
  const out = { data: new Uint8ClampedArray(2 * 1 * 4) };
  colour.paint([9, 9, -1, 1], 2, 1, 1, table, out, 2);
  assert.deepEqual([...out.data], [0x7f, 0x32, 0, 255, 0x0b, 0x43, 0x84, 255]);
  assert.equal(colour.extent([1, -3, 2]), 3);
  assert.equal(colour.extent([9, 1, -2, 9], 1, 3), 2);
});
