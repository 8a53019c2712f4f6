// Boxes out of maps: the decode formula, overlap, suppression by hand and by the textbook, the walk.
import assert from "node:assert/strict";
import test from "node:test";
import { added, areaOf, boxAt, cellsOf, crowded, kept, partner, proposals, shared } from "gridtime/math/boxes.js";
import { gridLayers } from "gridtime/stores/detecting.js";
import { PHASES, fateSays, foundSays, panelOf, phaseOf, sceneOf, thresholds } from "gridtime/views/detect/scene.js";
import { PARTS, walk } from "gridtime/views/detect/walk.js";

/** @typedef {import("gridtime/math/boxes.js").Box} Box */

/** One row of cells, 8 px apart, that say what is given: [objectness, four sides, classes].
 *  @param {number[][]} cells */
const maps = (cells) => ({ shape: [cells[0].length, 1, cells.length], data: Float32Array.from(cells[0].flatMap((_, c) => cells.map((values) => values[c]))) });

/** A cell with this score and box; the rest does not matter. @param {number} score @param {Box} box @param {number} column */
const cell = (score, box, column = 0) => /** @type {any} */ ({ row: 0, column, label: 0, score, box });

test("a cell is decoded as the formula has it, and its box is cut at the edge", () => {
  const cells = cellsOf(maps([[0, Math.log(2), 0, 0, 0, 1, 3], [-1, 0, 0, 0, 0, 0, 0]]), 16);
  const [first, second] = cells;
  assert.deepEqual([first.objectness, first.middle, first.label], [0.5, [4, 4], 1]);
  const close = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.forEach((v, k) => assert.ok(Math.abs(v - b[k]) < 1e-5, `${a} ${b}`));
  close(first.raw, [4 - 16, 4 - 8, 4 + 8, 4 + 8]);
  close(first.box, [0, 0, 12, 8]);
  close(first.shares, [1 / (1 + Math.exp(2)), 1 / (1 + Math.exp(-2))]);
  close([first.score], [0.5 / (1 + Math.exp(-2))]);
  close(second.box, [4, 0, 16, 8]);
});

test("overlap by hand", () => {
  assert.equal(shared([0, 0, 4, 4], [2, 0, 6, 4]).iou, 8 / 24);
  assert.deepEqual(shared([0, 0, 4, 4], [4, 0, 8, 4]), { width: 0, height: 4, both: 0, joined: 32, iou: 0 });
  assert.equal(shared([0, 0, 0, 0], [0, 0, 0, 0]).iou, 0);
  assert.equal(areaOf([3, 3, 1, 5]), 0);
});

test("a chain of overlaps keeps its ends; equals go to the earlier; the limit itself stays", () => {
  const chain = [cell(0.7, [8, 0, 18, 10], 2), cell(0.9, [0, 0, 10, 10], 0), cell(0.8, [4, 0, 14, 10], 1)];
  const found = proposals(chain, 0.5, 0.3);
  assert.deepEqual(found.map(({ column, by }) => [column, by]), [[0, 0], [1, 0], [2, 2]]);
  assert.deepEqual(kept(found).map(({ column }) => column), [0, 2]);
  assert.equal(crowded(found), 0);
  const equal = proposals([cell(0.5, [0, 0, 4, 4], 0), cell(0.5, [0, 0, 4, 4], 1), cell(0.4, [0, 0, 4, 2], 2)], 0.1, 0.5);
  assert.deepEqual(equal.map(({ by }) => by), [0, 0, 2]);
  assert.deepEqual(proposals(chain, 0.95, 0.3), []);
});

test("suppression is the textbook's on random boxes", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const cells = Array.from({ length: 60 }, (_, k) => {
    const [x, y] = [20 * random(), 20 * random()];
    return cell(random(), [x, y, x + 1 + 10 * random(), y + 1 + 10 * random()], k);
  });
  for (const limit of [0.1, 0.45, 0.8]) {
    const left = [...cells].sort((a, b) => b.score - a.score);
    const stays = [];
    while (left.length) {
      const best = left.shift();
      stays.push(best.column);
      for (const other of [...left]) if (shared(best.box, other.box).iou > limit) left.splice(left.indexOf(other), 1);
    }
    assert.deepEqual(kept(proposals(cells, 0, limit)).map(({ column }) => column), stays);
  }
});

test("a box is compared with what it fell to, what fell to it, or what overlaps it most", () => {
  const found = proposals([cell(0.9, [0, 0, 10, 10], 0), cell(0.8, [0, 0, 10, 9], 1), cell(0.7, [0, 0, 9, 9], 2), cell(0.6, [9, 0, 20, 10], 3), cell(0.5, [50, 50, 60, 60], 4)], 0.1, 0.5);
  assert.deepEqual([partner(found, 1), partner(found, 0), partner(found, 0, 2), partner(found, 3), partner(found, 4)], [0, 1, 2, 0, -1]);
  assert.equal(boxAt(found, 5, 5)?.column, 2);
  assert.equal(boxAt(found, 99, 5), undefined);
});

test("what each map adds is its value times the weight of the number asked for", () => {
  const features = { shape: [2, 1, 2], data: [1, 2, 3, 4] };
  assert.deepEqual(added([10, 20, 30, 40], 1, features, 1), [{ channel: 0, value: 2, weight: 30, product: 60 }, { channel: 1, value: 4, weight: 40, product: 160 }]);
});

test("layers of the grid, without convolutions that a next layer bends", () => {
  const node = (/** @type {string} */ name, /** @type {string} */ op, /** @type {number} */ size) => /** @type {any} */ ({ name, op, output_shape: [3, size, size] });
  assert.deepEqual(gridLayers([node("input", "input", 8), node("conv1", "conv2d", 8), node("pool1", "max_pool2d", 4), node("conv2", "conv2d", 4), node("relu2", "relu", 4), node("logits", "conv2d", 4)]), ["pool1", "relu2", "logits"]);
});

/** Three cells: two see one thing, the third is unsure. */
const seen = /** @type {any} */ ({
  key: "k", size: 24, stride: 8, rows: 1, columns: 3, tensors: new Map(), weights: new Map(),
  net: { card: { classes: ["cat", "dog"], detection: { score: 0.5, overlap: 0.45 }, metrics: [{ name: "AP50", unit: "share", value: 0.96, n: 1000, baseline: 0.7, baseline_name: "plain" }] }, graph: [], samples: [] },
  cells: cellsOf(maps([[3, 0, 0, 0.7, 0, 5, 0], [2, 0.7, 0, 0, 0, 5, 0], [-4, 0, 0, 0, 0, 0, 0]]), 24),
}); // prettier-ignore

test("thresholds come from the address in hundredths, else from the card, within bounds", () => {
  assert.deepEqual(thresholds({}, seen), { score: 0.5, overlap: 0.45 });
  assert.deepEqual(thresholds({ score: 30, overlap: 70 }, seen), { score: 0.3, overlap: 0.7 });
  assert.deepEqual(thresholds({ score: 0, overlap: 900 }, seen), { score: 0.01, overlap: 1 });
  assert.deepEqual([phaseOf({}), phaseOf({ show: "all" }), phaseOf({ show: "x" }), panelOf({ tab: "maps" }), panelOf({})], ["kept", "all", "kept", "maps", "cell"]);
});

test("what was found, and what happened to a box, is said", () => {
  const scene = sceneOf({}, seen);
  assert.deepEqual([scene.found.length, scene.stay.length, scene.place, scene.other], [2, 1, 0, 1]);
  assert.equal(foundSays(scene), "2 boxes of 3 score 50 % or more; after suppression 1 stays: cat.");
  assert.match(fateSays(scene), /stays; 1 box fell to it/);
  assert.match(fateSays(sceneOf({ cell: [0, 1] }, seen)), /falls to the better one of row 0, column 0/);
  assert.match(fateSays(sceneOf({ cell: [0, 2] }, seen)), /below 50 %/);
  assert.match(foundSays(sceneOf({ score: 99 }, seen)), /nothing was found/);
  assert.deepEqual(sceneOf({ cell: [7, 7] }, seen).chosen.column, 0);
});

test("every stop has a part of its own, and none is named that is not shown", () => {
  /** @type {Record<string, any>[]} */
  const patched = [];
  const room = /** @type {any} */ ({ store: { seen: { value: seen } }, address: {}, patch: (/** @type {any} */ change) => patched.push(change) });
  const stops = walk(room);
  assert.deepEqual(stops.map(({ id }) => id), Object.keys(PARTS).filter((id) => id !== "all"));
  for (const { apply, caption } of stops) {
    apply?.();
    assert.ok(String(typeof caption === "function" ? caption() : caption).length > 20);
  }
  assert.ok(patched.every(({ show }) => PHASES.some(({ id }) => id === show)));
  const nothing = { ...room, address: { score: 99 } };
  assert.equal(walk(nothing).length, stops.length - 2);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { seen: { value: null } } })), []);
});
