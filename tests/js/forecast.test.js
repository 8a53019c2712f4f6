// A pasted column of numbers, and how a forecast is drawn and said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { numberOf, parseSeries } from "gridtime/math/csv.js";
import { below, belowSays, cameSays, decimalsOf, heldSays, labelAt, limitsOf, recordSays, ticks, workedOut } from "gridtime/math/forecast.js";
import { PARTS, walk } from "gridtime/views/forecast/walk.js";

/** @param {string} text @param {number[]} values @param {number} [wanted] */
const reads = (text, values, wanted) => {
  const found = parseSeries(text, wanted);
  assert.deepEqual(found.values, values, text);
  return found;
};

test("numbers as they are written", () => {
  for (const [cell, value] of /** @type {[string, number][]} */ ([["3", 3], ["-2.5", -2.5], ["\u22124", -4], [".5", 0.5], ["1e3", 1000]])) assert.equal(numberOf(cell), value);
  for (const cell of ["", "NA", "3 apples", "1,5", "0x10", "Infinity", "--1"]) assert.ok(Number.isNaN(numberOf(cell)), cell);
  assert.equal(numberOf("1,5", true), 1.5);
});

test("one column, with and without a name, other line ends", () => {
  const plain = reads("1\n2\n3", [1, 2, 3]);
  assert.deepEqual([plain.name, plain.labels, plain.notes], ["value", ["1", "2", "3"], []]);
  const named = reads("sales\r\n1\r\n2\r\n\r\n3\r\n", [1, 2, 3]);
  assert.equal(named.name, "sales");
  assert.match(named.notes[0], /read as names: “sales”/);
  reads("\ufeff1\r2\r3", [1, 2, 3]);
});

test("one line is read across", () => {
  reads("1, 2, 3.5, 4", [1, 2, 3.5, 4]);
  reads("1 2 3 4", [1, 2, 3, 4]);
});

test("dates beside the values name the steps", () => {
  for (const sign of [",", ";", "\t"]) {
    const found = reads(`month${sign}passengers\n1949-01${sign}112\n1949-02${sign}118`, [112, 118]);
    assert.deepEqual(found.labels, ["1949-01", "1949-02"]);
    assert.equal(found.name, "passengers");
  }
  assert.deepEqual(reads("year,sunspots\n1700,5\n1701,11\n1702,16", [5, 11, 16]).labels, ["1700", "1701", "1702"]);
  reads('"Month","Sales, net"\n"1949-01",112\n"1949-02",118', [112, 118]);
});

test("a decimal comma where commas separate nothing", () => {
  reads("a;b\nx;1,5\ny;2,5", [1.5, 2.5]);
  reads("sales\n1,5\n2,25\n3,0", [1.5, 2.25, 3]);
});

test("of several columns one is read, the last unless another is named", () => {
  const text = "t,a,b\n1,10,20\n2,11,19\n3,12,18";
  const found = reads(text, [20, 19, 18]);
  assert.deepEqual([found.columns, found.column], [["a", "b"], 1]);
  assert.match(found.notes[1], /Of 2 columns with numbers “b” was read/);
  assert.equal(reads(text, [10, 11, 12], 0).name, "a");
  reads(text, [20, 19, 18], 7);
});

test("missing values are filled or left out, and said", () => {
  const found = reads("t;v\n1;\n2;4\n3;NA\n4;\n5;10\n6;11\n7;oops\n8;13\n9;?", [4, 6, 8, 10, 11, 12, 13]);
  assert.deepEqual(found.labels, ["2", "3", "4", "5", "6", "7", "8"]);
  const all = found.notes.join(" ");
  assert.match(all, /1 cell with words counted as missing/);
  assert.match(all, /2 missing values at the ends were left out/);
  assert.match(all, /3 missing values within were filled on a straight line/);
});

test("nothing to read", () => {
  for (const text of ["", "   \n", "hello\nworld", "a,b\nc,d", "# only a remark"]) assert.deepEqual(parseSeries(text).values, [], text);
});

test("labels go on behind the end by their own rule", () => {
  assert.equal(labelAt(["1960-11", "1960-12"], 1), "1960-12");
  assert.equal(labelAt(["1960-11", "1960-12"], 3), "1961-02");
  assert.equal(labelAt(["2007", "2008"], 2), "2009");
  assert.equal(labelAt(["Mon", "Tue"], 3), "2 steps on");
});

test("ticks, limits and decimals", () => {
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(-1, 1, 4).map((v) => Number(v.toFixed(9))), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(ticks(3, 3, 4), [3]);
  const [low, high] = limitsOf([5, 5]);
  assert.ok(low < 5 && high > 5);
  assert.deepEqual([400, 30, 2, 0.05].map(decimalsOf), [0, 1, 2, 4]);
});

test("a median is worked out as the server does it", () => {
  const scaling = { log: true, level: 6, scale: 0.2, growth: 0.4 };
  const { z, u, value } = workedOut({ seasonAgo: -0.5, said: 0.3, scaling });
  assert.ok(Math.abs(z - 0.2) < 1e-12 && Math.abs(u - 6.04) < 1e-12 && Math.abs(value - Math.exp(6.04)) < 1e-9);
  assert.ok(Math.abs(workedOut({ seasonAgo: -0.5, said: 0.3, scaling: { ...scaling, log: false } }).value - 6.04) < 1e-12);
});

/** @param {number} network @param {number} last @param {number} grown */
const mae = (network, last, grown) => ({ network, last_value: last, last_season: 1, grown_season: grown });

test("below both, one or neither, a tie is not below", () => {
  assert.equal(belowSays(below(mae(1, 2, 3))), "below both");
  assert.equal(belowSays(below(mae(2, 2, 3))), "below one of two");
  assert.equal(belowSays(below(mae(4, 2, 3))), "below neither");
});

test("what came and earlier origins are said, worse ones too", () => {
  assert.equal(cameSays({ mae: mae(1, 2, 3), actual: [1, 2, 3, 4], inside: 0.75, mase: null, scale: 1 }, 1), "The network was off by 1.0 on average: below both naive forecasts. 3 of 4 values lay within its interval.");
  assert.match(cameSays({ mae: mae(4, 2, 3), actual: [1], inside: 0, mase: null, scale: 1 }, 1), /below neither naive/);
  assert.match(recordSays(null, 1), /Too few values/);
  const good = recordSays({ origins: 24, mae: mae(1, 2, 3), inside: 0.5 }, 1);
  assert.match(good, /From 24 earlier origins/);
  assert.doesNotMatch(good, /trust/);
  assert.match(recordSays({ origins: 24, mae: mae(2.5, 2, 3), inside: 0.5 }, 1), /Here last value did no worse: trust the network no further/);
});

const series = [{ below: 2, inside: 0.8 }, { below: 1, inside: 0.64 }];

test("the held-out table's line counts", () => {
  assert.equal(heldSays(/** @type {any} */ ({ series, interval: 0.8 })), "On values it never saw, the network is below both naive forecasts on 1 of 2 series. Its 80 % interval held from 64 % to 80 % of them.");
});

test("the walk shows what came only where it is known", () => {
  const seen = /** @type {any} */ ({
    input: { season: { steps: 2 }, interval: { from: 0.1, to: 0.9 } }, series: { values: [1, 2, 3], name: "value" }, total: 5,
    forecast: { values: [1] }, backtest: { mae: mae(1, 2, 3), actual: [1], inside: 1 }, net: { graph: [] }, tensors: new Map(),
  }); // prettier-ignore
  /** @param {any} change */
  const stops = (change) => walk(/** @type {any} */ ({ store: { seen: { value: { ...seen, ...change } }, figures: { value: { series, interval: 0.8 } } }, patch: () => undefined })).map(({ id }) => id);
  assert.deepEqual(stops({}), ["series", "window", "states", "guess", "forecast", "interval", "naive", "came", "held"]);
  assert.ok(!stops({ backtest: null }).includes("came"));
  for (const id of stops({})) assert.ok(PARTS[id], id);
  assert.ok(!PARTS.guess.lines?.median && !PARTS.guess.states, "the vote hides the answer");
});
