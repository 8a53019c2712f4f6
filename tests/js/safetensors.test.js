import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, half } from "gridtime/lib/safetensors.js";

/**
 * A safetensors file out of a header and bytes.
 * @param {object} header
 * @param {Uint8Array} body
 * @param {number} [pad] spaces after the header
 */
function file(header, body, pad = 0) {
  const text = new TextEncoder().encode(JSON.stringify(header) + " ".repeat(pad));
  const buffer = new ArrayBuffer(8 + text.length + body.length);
  new DataView(buffer).setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(buffer, 8).set(text);
  new Uint8Array(buffer, 8 + text.length).set(body);
  return buffer;
}

const floats = new Uint8Array(new Float32Array([1.5, -2, 0.25]).buffer);

test("float32, u8 and metadata are read, however the header is aligned", () => {
  for (let pad = 0; pad < 4; pad++) {
    const body = new Uint8Array([...floats, 7, 255]);
    const header = {
      __metadata__: { trace: "{}" },
      a: { dtype: "F32", shape: [3], data_offsets: [0, 12] },
      b: { dtype: "U8", shape: [2, 1], data_offsets: [12, 14] },
    };
    const { tensors, metadata } = decode(file(header, body, pad));
    assert.deepEqual([...(tensors.get("a")?.data ?? [])], [1.5, -2, 0.25]);
    assert.deepEqual([...(tensors.get("b")?.data ?? [])], [7, 255]);
    assert.deepEqual(tensors.get("b")?.shape, [2, 1]);
    assert.equal(metadata.trace, "{}");
  }
});

test("half precision: ordinary, subnormal, infinite", () => {
  assert.equal(half(0x3c00), 1);
  assert.equal(half(0xc000), -2);
  assert.equal(half(0x0001), 2 ** -24);
  assert.equal(half(0x7c00), Infinity);
  assert.ok(Number.isNaN(half(0x7e00)));
  const body = new Uint8Array([0x00, 0x3c, 0x00, 0xb8]);
  const { tensors } = decode(file({ h: { dtype: "F16", shape: [2], data_offsets: [0, 4] } }, body));
  assert.deepEqual([...(tensors.get("h")?.data ?? [])], [1, -0.5]);
});

test("what does not fit is refused, not read past", () => {
  const short = { a: { dtype: "F32", shape: [4], data_offsets: [0, 12] } };
  assert.throws(() => decode(file(short, floats)), /does not fit/);
  const beyond = { a: { dtype: "F32", shape: [3], data_offsets: [4, 16] } };
  assert.throws(() => decode(file(beyond, floats)), /does not fit/);
  const strange = { a: { dtype: "I64", shape: [1], data_offsets: [0, 8] } };
  assert.throws(() => decode(file(strange, floats)), /I64/);
  const cut = file(short, floats).slice(0, 20);
  assert.throws(() => decode(cut), /cut off/);
});
