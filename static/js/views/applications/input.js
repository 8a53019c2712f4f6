/**
 * What goes in, small: a picture with the boxes found in it, a clip, a text, a curve, a
 * name of what can only be heard.
 */
import { html, useState } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/stores/applications.js").Given} Given */

/** Boxes over a picture, in its own pixels. @param {{boxes: number[][], size: [number, number]}} props */
const Boxes = ({ boxes, size: [width, height] }) => html`<svg class="use-boxes" viewBox="0 0 ${width} ${height}" aria-hidden="true">
  ${boxes.map(([x0, y0, x1, y1]) => html`<rect x=${x0} y=${y0} width=${x1 - x0} height=${y1 - y0} />`)}
</svg>`;

/** A sample's picture; what was found in it lies over it. @param {{sample: Sample, boxes: number[][]}} props */
function Picture({ sample, boxes }) {
  const [size, setSize] = useState(/** @type {[number, number] | null} */ (null));
  const measured = (/** @type {Event} */ { target }) => setSize([/** @type {HTMLImageElement} */ (target).naturalWidth, /** @type {HTMLImageElement} */ (target).naturalHeight]);
  return html`<div class="use-picture"><img src=${sample.url} alt=${sample.title} loading="lazy" onLoad=${measured} />${size && boxes.length > 0 && html`<${Boxes} boxes=${boxes} size=${size} />`}</div>`;
}

/** A forecast between its limits, in a box 300 × 60; no axis: the view has it. @param {{values: number[], lower: number[], upper: number[]}} props */
function Curve({ values, lower, upper }) {
  const [low, high] = [Math.min(...lower), Math.max(...upper)];
  const at = (/** @type {number} */ v, /** @type {number} */ k) => `${((300 * k) / (values.length - 1)).toFixed(1)} ${(57 - (54 * (v - low)) / (high - low || 1)).toFixed(1)}`;
  const band = [...upper.map(at), ...lower.map(at).reverse()];
  return html`<svg class="use-curve" viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label="The forecast, ${values.length} steps ahead, within its interval"><path class="use-band" d=${`M${band.join("L")}Z`} /><path class="use-line" d=${`M${values.map(at).join("L")}`} /></svg>`;
}

/** @param {{sample: Sample, given: Given | undefined, still: boolean}} props still: nothing may move by itself */
export function Input({ sample, given, still }) {
  const found = given && !(given instanceof Error) ? /** @type {Record<string, any>[]} */ (given.predictions) : [];
  if (sample.text !== undefined) return html`<p class="use-text">“${sample.text.trim()}${/[.!?]$/.test(sample.text.trim()) ? "" : " …"}”</p>`;
  if (sample.kind === "image" || (sample.kind === "video" && !still)) return html`<${Picture} sample=${sample} boxes=${found.filter(({ box }) => box).map(({ box }) => box)} />`;
  if (sample.kind === "series") return html`<div class="use-series"><p class="use-text">${sample.title}</p>${found[0]?.values && html`<${Curve} ...${found[0]} />`}</div>`;
  return html`<p class="use-text">${sample.title}${sample.kind === "audio" && sample.drawing ? ", made by a synthesiser" : ""}</p>`;
}
