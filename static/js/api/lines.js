/**
 * An answer that grows: JSON lines, each given as soon as it has arrived.
 *
 *   bytes -> text -> lines -> onLine(object)      a last line that is not of type "end": it broke off
 */
import { NoContact } from "gridtime/api/problem.js";
import { send } from "gridtime/api/request.js";

/** @typedef {import("gridtime/math/speed.js").Line} Line */
/** @typedef {import("gridtime/math/speed.js").Run} Run */

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(line: any) => void} onLine
 * @returns {Promise<any>} the last line
 */
export async function readLines(stream, onLine) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let [rest, last] = ["", /** @type {any} */ (undefined)];
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + decoder.decode(value, { stream: !done })).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) onLine((last = JSON.parse(part)));
    if (done) return last;
  }
}

/** The last measurement of speed. @returns {Promise<Run>} */
export const speed = async () => (await send("/lab/speed")).json();

/**
 * Measure speed now. Ends when the signal aborts, and the server stops then too.
 * @param {{lengths?: number[]}} body
 * @param {AbortSignal} signal
 * @param {(line: Line) => void} onLine
 */
export async function measureSpeed(body, signal, onLine) {
  const response = await send("/lab/speed", {
    method: "POST", body: JSON.stringify(body), signal,
    headers: { accept: "application/x-ndjson", "content-type": "application/json" },
  }); // prettier-ignore
  let last;
  try {
    last = response.body && (await readLines(response.body, onLine));
  } catch (reason) {
    if (signal.aborted) throw reason;
    throw new NoContact();
  }
  if (last?.type !== "end") throw new NoContact();
}
