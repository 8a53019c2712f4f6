/** Files and scripts: what a map, a plot and a call become outside the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import { plotFiles } from "gridtime/components/save.js";
import { crc32, greyPng } from "gridtime/lib/png.js";
import { barsSvg, csv, escaped, fileName, limitsSay, mapRows, toLevels } from "gridtime/math/files.js";
import { curl, literal, python, quoted } from "gridtime/math/script.js";

test("CRC of a known string", () => assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926));

test("a raw PNG gives every value back within one level", async () => {
  const values = Float32Array.from({ length: 15 }, (_, i) => Math.sin(i) * 7 - 2);
  const { levels, low, high } = toLevels(values);
  const png = Buffer.from(await greyPng(levels, 5, 3, { Description: limitsSay(low, high) }));
  assert.equal(png.readUInt32BE(16), 5);
  assert.deepEqual([png[24], png[25]], [16, 0]);
  assert.ok(png.includes(Buffer.from(`Description\0${limitsSay(low, high)}`, "latin1")));
  const at = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  for (let i = 0; i < 15; i++) {
    const y = Math.floor(i / 5);
    const level = rows.readUInt16BE(y * 11 + 1 + (i % 5) * 2);
    assert.ok(Math.abs(low + (level / 65535) * (high - low) - values[i]) <= (high - low) / 65535);
  }
});

test("a map of one value, and one with holes", () => {
  assert.deepEqual([...toLevels([3, 3]).levels], [0, 0]);
  assert.deepEqual([...toLevels([NaN, 1, 2]).levels], [0, 0, 65535]);
});

test("CSV keeps the float32 and quotes what needs it", () => {
  assert.equal(csv([["a,b", 'say "x"'], [0.1, Math.fround(0.1), -2]]), `"a,b","say ""x"""\r\n0.1,0.1,-2\r\n`);
  assert.deepEqual(mapRows([1, 2, 3, 4], 2), [[1, 2], [3, 4]]);
});

test("names of files hold no path and no markup", () => {
  assert.equal(fileName("photos", "../my cat?.png", 3), "photos-.._my_cat_.png-3");
  assert.equal(fileName("a", "", undefined, "b"), "a-b");
  assert.equal(escaped('<a href="x">&'), "&lt;a href=&quot;x&quot;&gt;&amp;");
});

test("bars as SVG: markup in labels stays text; a falling bar has a width", () => {
  const svg = barsSvg({ title: "<b>", bars: [{ label: "up & away", value: 2 }, { label: "down", value: -3, from: 2, to: -1 }], colour: () => "#123", text: String });
  assert.ok(svg.includes("&lt;b&gt;") && svg.includes("up &amp; away") && !svg.includes("<b>"));
  assert.equal([...svg.matchAll(/<rect x/g)].length, 2);
  assert.ok([...svg.matchAll(/ width="(-?[\d.]+)"/g)].every(([, w]) => Number(w) > 0));
});

test("a plot offers what it has", async () => {
  const items = plotFiles("p", { svg: () => "<svg/>", rows: () => [["a"], [1]] });
  assert.deepEqual(items.map((item) => item.name), ["p.svg", "p.csv"]);
  assert.equal(await (await items[1].make()).text(), "a\r\n1\r\n");
});

/** @type {import("gridtime/math/script.js").Call} */
const CALL = {
  origin: "http://127.0.0.1:8000", model: "photos", kind: "predict", query: {}, source: { sample: "chelsea" },
  options: {}, out: "photos-chelsea-trace", map: { layer: "conv1", channel: 3 },
};

test("curl: a sample as JSON, a file as its bytes with options in the address", () => {
  assert.match(curl(CALL), /-d '{"sample":"chelsea"}'$/);
  const own = curl({ ...CALL, kind: "trace", source: { file: "my cat's.jpg", type: "image/jpeg" }, options: { crop: [0, 1, 2] } });
  assert.ok(own.includes(`--data-binary '@my cat'\\''s.jpg'`), own);
  assert.ok(own.includes("options=%7B%22crop%22%3A%5B0%2C1%2C2%5D%7D"));
  assert.ok(own.includes("-H 'Accept: application/x-npz'") && own.endsWith("-o 'photos-chelsea-trace.npz'"));
  assert.equal(quoted("a'b"), `'a'\\''b'`);
});

test("Python: options as literals, the map on screen by its layer", () => {
  const text = python({ ...CALL, kind: "map", options: { edits: [{ op: "scale", channel: null, factor: 0 }] } });
  assert.ok(text.includes(`options = {"edits": [{"op": "scale", "channel": None, "factor": 0}]}`), text);
  assert.ok(text.includes(`query = {"layers": "conv1"}`) && text.includes("print(maps[3])"));
  assert.equal(literal({ a: [true, "x\"y", 1.5] }), `{"a": [True, "x\\"y", 1.5]}`);
  assert.ok(!python(CALL).includes("numpy"));
});
