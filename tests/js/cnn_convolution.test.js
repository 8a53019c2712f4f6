/** The sliding kernel's, the lab's and the own kernel's arithmetic. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { geometry } from "gridtime/math/conv.js";
import { extent, kind } from "gridtime/math/groups.js";
import * as kernels from "gridtime/math/kernels.js";
import * as lab from "gridtime/math/lab.js";
import { leftOver, outputSize, shades, uses } from "gridtime/math/sizes.js";
import { apart, convPlane, filledBy, lastRank, placeAt, placeUnder, shuffled, windowOn } from "gridtime/math/slide.js";

const file = new URL("./fixtures/cnn_oracle.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8"), (key, value) =>
  key === "data" ? Float32Array.from(value) : value);

/** @param {number[]} shape */
const sizeOf = (shape) => extent({ name: "", op: "", inputs: [], output_shape: shape, attributes: {} });

test("a whole map computed here is torch's, whatever the padding, stride, dilation, groups", () => {
  const convs = cases.filter((/** @type {any} */ one) => kind(one.layer) === "conv");
  assert.ok(convs.length >= 3);
  for (const { layer, input, output, state } of convs) {
    const to = sizeOf(output.shape);
    for (let out = 0; out < to.channels; out++) {
      const plane = convPlane(geometry(layer), input.data, sizeOf(input.shape), state.weight.data,
        state.bias?.data[out] ?? 0, to, out);
      const area = to.height * to.width;
      const own = output.data.subarray(out * area, (out + 1) * area);
      assert.equal(plane.length, area);
      assert.ok(apart(plane, own) <= 1e-5, JSON.stringify(layer.attributes));
    }
  }
});

test("every order visits every place once and ends in the whole map", () => {
  for (const count of [1, 2, 7, 64, 1024]) {
    assert.deepEqual([...shuffled(count)].sort((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
    for (const order of /** @type {const} */ (["rows", "any", "all"])) {
      const last = filledBy(order, lastRank(order, count), count);
      assert.ok(last.every((one) => one === 1), `${order} ${count}`);
    }
  }
  assert.equal(filledBy("any", 9, 64).reduce((n, one) => n + one, 0), 10);
  assert.deepEqual([...filledBy("rows", 2, 5)], [1, 1, 1, 0, 0]);
  assert.equal(filledBy("all", 0, 5).reduce((n, one) => n + one, 0), 0);
  assert.equal(filledBy("any", 0, 9, new Set([placeAt("any", 0, 9), 8])).reduce((n, one) => n + one, 0), placeAt("any", 0, 9) === 8 ? 1 : 2);
});

test("the window under a pointer is the one centred nearest to it", () => {
  const g = { kernel: [5, 3], stride: [2, 1], padding: [2, 0], dilation: [1, 2] };
  const output = { height: 10, width: 12 };
  for (const cell of /** @type {[number, number][]} */ ([[0, 0], [3, 7], [9, 11]])) {
    const box = windowOn(/** @type {any} */ (g), cell);
    assert.deepEqual([box.height, box.width], [5, 5]);
    const centre = /** @type {[number, number]} */ ([box.y + box.height / 2, box.x + box.width / 2]);
    assert.deepEqual(placeUnder(/** @type {any} */ (g), output, centre), cell);
  }
  assert.deepEqual(placeUnder(/** @type {any} */ (g), output, [-50, 500]), [0, 11]);
});

test("output sizes and unread cells are those of a window moved by hand", () => {
  for (let n = 1; n <= 9; n++) for (let k = 1; k <= 4; k++) for (let p = 0; p <= 2; p++) for (let s = 1; s <= 3; s++) for (let d = 1; d <= 3; d++) {
    const read = new Set();
    let places = 0;
    for (let from = 0; from + d * (k - 1) < n + 2 * p; from += s, places++) {
      for (let tap = 0; tap < k; tap++) read.add(from + tap * d);
    }
    const axis = { n, k, p, s, d };
    assert.equal(Math.max(0, outputSize(axis)), places, JSON.stringify(axis));
    const found = uses(axis);
    assert.deepEqual(found.map((use) => use === "read"), Array.from({ length: n + 2 * p }, (_, i) => read.has(i)));
    const end = Math.max(-1, ...read) + 1;
    assert.equal(leftOver(axis), n + 2 * p - /** @type {number} */ (end));
    assert.ok(shades(axis, axis).every((box) => box.use !== "read"));
  }
});

test("the lab holds every field within its bounds and says so", () => {
  assert.deepEqual(lab.held("k", 9), { value: 7, says: "Kernel size goes from 1 to 7: 9 became 7." });
  assert.equal(lab.held("p", -3).value, 0);
  assert.equal(lab.held("n", NaN).value, lab.FIRST.n);
  assert.equal(lab.held("s", 2).says, "");
  assert.deepEqual(lab.parse(lab.format({ n: 9, k: 5, p: 2, s: 2, d: 2, kernel: "ones" })), { n: 9, k: 5, p: 2, s: 2, d: 2, kernel: "ones" });
  assert.deepEqual(lab.parse("900,x,1,2,1,nothing"), { ...lab.FIRST, n: 14, s: 2 });
  assert.deepEqual(lab.worked({ ...lab.FIRST, s: 2 }), ["⌊(8 + 2 · 1 − 1 · (3 − 1) − 1) ÷ 2⌋ + 1", "⌊7 ÷ 2⌋ + 1", "3 + 1", "4"]);
  assert.ok(lab.notes({ ...lab.FIRST, s: 2 }).some((note) => note.startsWith("Unused border, shaded: 1 row and 1 column") && note.endsWith("Not an error.")));
  assert.ok(lab.notes({ ...lab.FIRST, n: 2, p: 0 })[0]?.startsWith("No place: the window reaches over 3 cells"));
});

test("the lab's numbers are the picture's mean brightness in squares", () => {
  const grey = Float32Array.from([0, 0, 1, 1, 0, 0, 1, 1, 0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0]);
  assert.deepEqual([...lab.squares(grey, 4, 4, 2)], [0, 9, 5, 0]);
  assert.equal(lab.squares(grey, 4, 4, 7).length, 49);
  assert.deepEqual([...lab.weightsOf({ ...lab.FIRST, kernel: "edge" })], [-1, 0, 1, -1, 0, 1, -1, 0, 1]);
});

test("kernels made by hand come in every size that holds them", () => {
  for (const size of [{ rows: 3, columns: 3 }, { rows: 5, columns: 5 }, { rows: 7, columns: 3 }]) {
    for (const name of kernels.NAMES) {
      const values = kernels.kernelOf(name, size);
      assert.equal(values?.length, size.rows * size.columns, name);
      assert.equal(kernels.nameOf(values ?? [], size), name);
      const sum = (values ?? []).reduce((a, b) => a + b, 0);
      const want = ["Sobel x", "Sobel y", "Laplacian"].includes(name) ? 0 : 1;
      assert.ok(Math.abs(sum - want) < 1e-9, `${name} adds up to ${sum}`);
    }
  }
  assert.equal(kernels.kernelOf("Sobel x", { rows: 3, columns: 1 }), null);
  assert.deepEqual(kernels.kernelOf("identity", { rows: 3, columns: 1 }), [0, 1, 0]);
});

test("a kernel in the URL fits its layer or is not taken", () => {
  const size = { rows: 3, columns: 3 };
  const sharpen = kernels.kernelOf("sharpen", size) ?? [];
  assert.deepEqual(kernels.parse(kernels.format(sharpen, size), size), sharpen);
  assert.equal(kernels.parse("5x5:1,2,3", size), null);
  assert.equal(kernels.parse("3x3:1,2,3,4,5,6,7,8,nine", size), null);
  assert.equal(kernels.parse("3x3:1,2,3,4,5,6,7,8,1e9", size), null);
});

test("numbers are found in whatever was copied", () => {
  assert.deepEqual(kernels.numbersIn("1 2 3\n-4 5.5 6e1"), [1, 2, 3, -4, 5.5, 60]);
  assert.deepEqual(kernels.numbersIn("[[-1, 0, 1], [-2, 0, 2]]"), [-1, 0, 1, -2, 0, 2]);
  assert.deepEqual(kernels.numbersIn("0,5\t−0,25\n1,0"), [0.5, -0.25, 1]);
  assert.deepEqual(kernels.numbersIn("1,2,3"), [1, 2, 3]);
  assert.deepEqual(kernels.numbersIn("words"), []);
});
