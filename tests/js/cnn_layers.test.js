/** Every cell of every layer kind, recomputed in the browser's code and compared with torch's. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { activate } from "gridtime/math/activate.js";
import { addPlane, channelShares, convCell, geometry } from "gridtime/math/conv.js";
import { extent, kind } from "gridtime/math/groups.js";
import { poolCell } from "gridtime/math/pool.js";
import { vote } from "gridtime/math/votes.js";

/** @typedef {{shape: number[], data: Float32Array}} Tensor */
/** @typedef {{layer: any, input: Tensor, output: Tensor, state: Record<string, Tensor>}} Case */

const file = new URL("./fixtures/cnn_oracle.json", import.meta.url);
/** @type {Case[]} */
const cases = JSON.parse(readFileSync(file, "utf8"), (key, value) =>
  key === "data" ? Float32Array.from(value) : value);

/** @param {number} got @param {number} want @param {string} where */
function close(got, want, where) {
  const bound = 1e-5 * Math.max(1, Math.abs(want));
  assert.ok(Math.abs(got - want) <= bound, `${where}: ${got} is not ${want}`);
}

/** @param {Case} one @param {(c: number, y: number, x: number) => number} compute */
function everyCell({ layer, output }, compute) {
  const { channels, height, width } = extent({ ...layer, output_shape: output.shape });
  for (let i = 0; i < channels * height * width; i++) {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const c = Math.floor(i / (width * height));
    close(compute(c, y, x), output.data[i] ?? NaN, `${layer.op} (${c}, ${y}, ${x})`);
  }
}

/** @param {Tensor} t */
const sizeOf = (t) => extent({ name: "", op: "", inputs: [], output_shape: t.shape, attributes: {} });

for (const [i, one] of cases.entries()) {
  const { layer, input, output, state } = one;
  const size = sizeOf(input);
  const named = JSON.stringify(layer.attributes);
  test(`case ${i}: ${layer.op} ${named}`, () => {
    if (kind(layer) === "conv") {
      const weight = /** @type {Tensor} */ (state.weight).data;
      everyCell(one, (c, y, x) =>
        convCell(geometry(layer), input.data, size, weight, state.bias?.data, c, y, x).total);
    } else if (kind(layer) === "pool") {
      everyCell(one, (c, y, x) =>
        poolCell(layer, input.data, size, sizeOf(output), c, y, x).total);
    } else if (kind(layer) === "activation") {
      everyCell(one, (c, y, x) =>
        activate(layer, input.data[(c * size.height + y) * size.width + x] ?? NaN));
    } else {
      const weight = /** @type {Tensor} */ (state.weight).data;
      everyCell(one, (k) => vote(input.data, weight, state.bias?.data, k, 4).total);
    }
  });
}

test("sums, products and bias of a conv cell are the parts of its total", () => {
  const one = /** @type {Case} */ (cases[0]);
  const weight = /** @type {Tensor} */ (one.state.weight).data;
  const g = geometry(one.layer);
  const cell = convCell(g, one.input.data, sizeOf(one.input), weight, one.state.bias?.data, 2, 0, 7);
  assert.deepEqual([...cell.rows], [-1, 0, 1]);
  assert.deepEqual([...cell.columns], [6, 7, -1]);
  assert.equal(cell.patch[0], 0); // outside the picture
  const products = [...cell.products];
  cell.sums.forEach((sum, c) =>
    close(products.slice(c * 9, c * 9 + 9).reduce((a, b) => a + b, 0), sum, "channel sum"));
  close([...cell.sums].reduce((a, b) => a + b, cell.bias), cell.total, "total");
});

test("planes of all input channels and the bias add up to the map", () => {
  const one = /** @type {Case} */ (cases[1]);
  const g = geometry(one.layer);
  const output = sizeOf(one.output);
  const weight = /** @type {Tensor} */ (one.state.weight).data;
  const plane = new Float32Array(output.height * output.width);
  for (let c = 0; c < 2; c++) {
    addPlane(g, plane, output, one.input.data, sizeOf(one.input), c, weight, (1 * 2 + c) * 25);
  }
  plane.forEach((value, i) =>
    close(value + (one.state.bias?.data[1] ?? 0), one.output.data[plane.length + i] ?? NaN, "map"));
  const shares = channelShares(g, one.input.data, sizeOf(one.input), weight, output, 1);
  assert.equal(shares.length, 2);
  assert.ok(shares.every((share) => share > 0));
});
