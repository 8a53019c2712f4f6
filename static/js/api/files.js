/**
 * Answers of the server as files, byte for byte.
 *
 *   traceFile("photos", {sample: "chelsea"}, {}, "application/x-npz") -> Blob
 */
import { post } from "gridtime/api/client.js";
import { send } from "gridtime/api/request.js";

/**
 * @param {string} id
 * @param {import("gridtime/api/client.js").Input} input
 * @param {Record<string, any>} options
 * @param {string} accept
 * @returns {Promise<Blob>}
 */
export async function traceFile(id, input, options, accept) {
  const path = `/models/${encodeURIComponent(id)}/trace`;
  return (await send(path, post(input, options, accept, undefined))).blob();
}
