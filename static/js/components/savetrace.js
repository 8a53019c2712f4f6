/**
 * Every value of a run as one file.
 *
 *     {id, input, options} -> POST trace, Accept -> safetensors | npz
 */
import { traceFile } from "gridtime/api/files.js";

/** @typedef {import("./save.js").Item} Item */

const KINDS = [
  { label: "safetensors", ending: "safetensors", accept: "application/vnd.safetensors" },
  { label: "npz, for numpy", ending: "npz", accept: "application/x-npz" },
];

/**
 * @param {{id: string, input: import("gridtime/api/client.js").Input, options: Record<string, any>}} asked
 * @param {string} name without ending
 * @returns {Item[]}
 */
export const traceFiles = ({ id, input, options }, name) =>
  KINDS.map(({ label, ending, accept }) => ({
    label, name: `${name}.${ending}`, make: () => traceFile(id, input, options, accept),
  }));
