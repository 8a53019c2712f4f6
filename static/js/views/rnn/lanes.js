/**
 * The lanes of a step on one fixed zero line: bars 48, factors thin, gates as tracks 0–1.
 *
 *     c₋₁      ├───────────┤
 *     f        [██████████ ]  0.93        a gate is a bar in a track, never on the axis
 *     kept     ├──────────┤
 *     written             ├─────┤         starts where kept ends
 */
import { html, steady } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";

/** @typedef {import("gridtime/math/beats.js").Lane} Lane */

/** Names of the numbers as they are written beside the lanes. @type {Record<string, string>} */
const SYMBOLS = {
  c0: "c₋₁", h0: "h₋₁", kept: "", written: "", c: "c", h: "h", tanhc: "tanh c", f: "f", i: "i", g: "g", o: "o",
  r: "r", z: "z", n: "n", hn: "U h₋₁ + b′", recalled: "r · (U h₋₁ + b′)", word: "W x + b", state: "U h₋₁ + b′", total: "a",
}; // prettier-ignore

/**
 * What a product is made of, where it has no letter of its own.
 * @type {Record<string, Record<string, string>>}
 */
const PRODUCTS = {
  lstm: { kept: "f · c₋₁", written: "i · g" },
  gru: { kept: "z · h₋₁", written: "(1 − z) · n", n: "n" },
};

/** @param {string} kind @param {string} id */
export const symbol = (kind, id) => PRODUCTS[kind]?.[id] ?? SYMBOLS[id] ?? id;

/**
 * Place on the axis, in per cent of its width; the middle is zero.
 * @param {number} v
 * @param {number} limit
 */
const place = (v, limit) => 50 + (50 * v) / limit;

/** @param {{lane: Lane, limit: number}} props */
function Bar({ lane, limit }) {
  const { from, value, start } = lane;
  const [low, high] = [Math.min(from, from + value), Math.max(from, from + value)].map((v) =>
    place(v, limit),
  );
  const side = value < 0 ? "is-minus" : "is-plus";
  return html`<span class="axis" aria-hidden="true">
    <i class="axis-zero"></i>
    <i class="fill ${side}" style=${{ "--from": `${low}%`, "--to": `${high}%` }}></i>
    ${start && html`<i class="end end-start" style=${{ "--at": `${place(from, limit)}%` }}></i>`}
    <i class="end" style=${{ "--at": `${place(from + value, limit)}%` }}></i>
  </span>`;
}

/** @param {{value: number}} props */
const Gate = ({ value }) =>
  html`<span class="axis" aria-hidden="true">
    <i class="axis-zero"></i>
    <span class="gate"><i class="gate-fill" style=${{ "--level": String(value) }}></i></span>
  </span>`;

/**
 * What a lane is called; where there is a sum behind it, the button that opens it.
 * @param {{name: string | undefined, sign: string, signal: string | undefined, opened: boolean, onOpen: (signal: string) => void}} props
 */
const Label = steady(({ name, sign, signal, opened, onOpen }) => {
  const label = html`<span class="lane-label"><span class="lane-name">${name}</span> <span class="lane-symbol">${sign}</span></span>`;
  if (!signal) return label;
  return html`<button type="button" class="lane-button" aria-expanded=${opened} aria-label="${name} ${sign}: show the sum behind it" onClick=${() => onOpen(signal)}>${label}<span class="lane-sum" aria-hidden="true">Σ</span></button>`;
});

/**
 * @param {{lane: Lane, kind: string, limit: number, digits: number, opened: boolean, onOpen: (signal: string) => void}} props
 */
export function LaneRow({ lane, kind, limit, digits, opened, onOpen }) {
  const { form, id, name, value, signal } = lane;
  const sign = symbol(kind, id);
  return html`<div class="lane lane-${form} ${opened ? "is-open" : ""}" data-lane=${id}>
    <${Label} name=${name} sign=${sign} signal=${signal} opened=${opened} onOpen=${onOpen} />
    ${form === "gate" ? html`<${Gate} value=${value} />` : html`<${Bar} lane=${lane} limit=${limit} />`}
    <span class="lane-value"><${Num} value=${value} digits=${digits} /></span>
  </div>`;
}

/** A beat that is still to come: outlines, no numbers. @param {{lanes: Lane[]}} props */
export const Outline = ({ lanes }) =>
  html`<div class="outline" aria-hidden="true">${lanes.map(({ form, id }) => html`<div key=${id} class="lane lane-${form}"><span class="lane-label"></span><span class="axis"><i class="axis-zero"></i><i class="outline-box"></i></span></div>`)}</div>`;

/** The ends of the axis, said once. @param {{limit: number, unit: string}} props */
export const AxisEnds = steady(
  ({ limit, unit }) =>
    html`<div class="lane lane-axis" aria-hidden="true"><span class="lane-unit">${unit}</span><span class="axis"><b>−${limit}</b><b>0</b><b>${limit}</b></span></div>`,
);
