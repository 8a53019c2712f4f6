/**
 * What each method computes, and what it does and does not say: in words and as the formula that ran.
 */

import { html } from "gridtime/lib/html.js";
import { number, percent } from "gridtime/math/format.js";

/** @typedef {import("./ask.js").Explained} Explained */

const mi = (/** @type {string} */ name) => html`<mi>${name}</mi>`;
const mo = (/** @type {string} */ sign) => html`<mo>${sign}</mo>`;
const text = (/** @type {string} */ words) => html`<mtext>${words}</mtext>`;
const sub = (/** @type {string} */ base, /** @type {string} */ under) =>
  html`<msub><mi>${base}</mi><mi>${under}</mi></msub>`;
const over = (/** @type {any} */ up, /** @type {any} */ down) => html`<mfrac><mrow>${up}</mrow><mrow>${down}</mrow></mfrac>`;
const mean = (/** @type {any} */ of) => html`<mrow>${text("mean")}${mo("(")}${of}${mo(")")}</mrow>`;

/** ∂z / ∂what */
const slope = (/** @type {any} */ what) => over([mo("∂"), sub("z", "c")], [mo("∂"), what]);

/** @type {Record<string, (found: Explained) => any[]>} a line each */
const FORMULAS = {
  gradcam: () => [
    [sub("w", "k"), mo("="), mean(slope(sub("A", "k")))],
    [text("map"), mo("="), text("ReLU"), mo("("), mi("Σ"), sub("w", "k"), sub("A", "k"), mo(")")],
  ],
  gradient: () => [
    [text("map"), mo("="), text("largest over colours of"), mo("|"), slope(mi("x")), mo("|")],
  ],
  smoothgrad: (found) => [
    [mi("g"), mo("="), mean(over([mo("∂"), sub("z", "c"), mo("("), mi("x"), mo("+"), text("noise"), mo(")")], [mo("∂"), mi("x")])),
      ...(samplesOf(found) ? [text(` over ${samplesOf(found)} runs`)] : [])],
    [text("map"), mo("="), text("largest over colours of"), mo("|"), mi("g"), mo("|")],
  ],
  occlusion: () => [
    [text("map"), mo("="), sub("z", "c"), mo("("), mi("x"), mo(")"), mo("−"), sub("z", "c"),
      mo("("), text("x with that square covered"), mo(")")],
  ],
};

/** @param {Explained} found @returns {number} how many noisy copies were read, 0 where it is not told */
function samplesOf({ settings }) {
  return Number(settings.copies ?? 0);
}

/** @param {{method: string, found: Explained}} props */
export function Formula({ method, found }) {
  return html`<div class="why-formula" role="group" aria-label="The formula that ran" tabindex="0">
    ${(FORMULAS[method]?.(found) ?? []).map((line) => html`<math display="block"><mrow>${line}</mrow></math>`)}
  </div>`;
}

/** What the letters mean. @type {Record<string, string>} */
const LETTERS = {
  gradcam: "z: the number before softmax, of class c. A: map k of the layer. w: how much z rises with that map, on average over its cells.",
  gradient: "z: the number before softmax, of class c. x: one pixel's colour value, as the network gets it.",
  smoothgrad: "z: the number before softmax, of class c. x: the picture; each run adds other random noise to it.",
  occlusion: "z: the number before softmax, of class c. x: the picture. Covered: the square is filled with the average colour.",
};

/** @param {string} method @param {boolean} classes false: the network gives one number */
export const lettersOf = (method, classes) =>
  classes ? LETTERS[method] ?? "" : (LETTERS[method] ?? "").replace("the number before softmax, of class c", "the number the network gives");

/** @type {Record<string, (label: string, found: Explained) => string>} */
const SAYS = {
  gradcam: (label, { layer }) =>
    `Where the maps of ${layer} that raise ${label} answer strongly together.`,
  gradient: (label) => `Which pixels, changed by very little, would move the number for ${label} most.`,
  smoothgrad: (label) =>
    `Which pixels move ${label} in many slightly noisy copies of the picture: the speckle of a single gradient is averaged away.`,
  occlusion: (label) =>
    `How far the number for ${label} really falls when a square is covered, one square after another; below 0 it rises.`,
};

/** @type {Record<string, (found: Explained) => string>} */
const SAYS_NOT = {
  gradcam: () =>
    "What inside the cell mattered, or what speaks against the class: it is as coarse as the layer, and ReLU drops all below 0.",
  gradient: () =>
    "What the answer rests on: a pixel can matter much and still have a small slope here. Up or down is left out too.",
  smoothgrad: () =>
    "What would happen if these pixels were gone. How much noise was chosen changes the map.",
  occlusion: ({ settings }) =>
    `What larger or smaller squares would show, or two parts that stand in for each other. A covered square of ${squareOf(settings)} is itself something the network never saw in training.`,
};

/** @param {Record<string, any>} settings */
function squareOf({ window }) {
  const [tall, wide] = Array.isArray(window) ? window : [window, window];
  return `${tall}×${wide} px`;
}

/** @param {string} method @param {Explained} found @param {string} label */
export const says = (method, found, label) => SAYS[method]?.(label, found) ?? "";
/** @param {string} method @param {Explained} found */
export const saysNot = (method, found) => SAYS_NOT[method]?.(found) ?? "";

/** One sentence for the foot. @param {string} method @param {string} label */
export function short(method, label) {
  return {
    gradcam: `Grad-CAM: the maps that raise ${label}, added up. It is as coarse as the layer.`,
    gradient: `Input gradient: the pixels whose smallest change would move ${label} most.`,
    smoothgrad: `SmoothGrad: the same slope, averaged over noisy copies of the picture.`,
    occlusion: `Occlusion: a square is covered, and ${label} falls by this much.`,
    all: "Four methods, one picture. Where they agree is worth a look; where they do not, take none of them for the reason.",
  }[method] ?? "";
}

/** What the picture itself shows, or nobody asks for. */
const UNSAID = ["rows", "columns", "layer", "cover"];

/** The settings that ran, in words. @param {Explained} found @returns {[string, string][]} */
export function settingsOf({ settings, method, layer }) {
  /** @type {[string, string][]} */
  const rows = method === "gradcam" && layer ? [["layer", layer]] : [];
  for (const [name, value] of Object.entries(settings)) {
    if (UNSAID.includes(name)) continue;
    if (name === "noise") {
      rows.push(["noise", `${number(Number(value), 2)} of the input's range`]);
      continue;
    }
    const shown = typeof value === "number" && !Number.isInteger(value) ? number(value, 3) : Array.isArray(value) ? `${value.join("×")} px` : String(value);
    rows.push([name.replaceAll("_", " "), shown]);
  }
  return rows;
}

/** @param {{label: string, probability: number}|undefined} prediction */
export const shareOf = (prediction) => (prediction ? percent(prediction.probability) : "");
