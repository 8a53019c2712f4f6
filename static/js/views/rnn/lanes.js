/**
 * The lanes of a step on one fixed zero line: bars 48, factors thin, gates as tracks 0–1.
 *
 *     c₋₁      ├───────────┤
 *     f        [██████████ ]  0.93        a gate is a bar in a track, never on the axis
 *     kept     ├──────────┤
 *     written             ├─────┤         starts where kept ends
 */
import { html, steady, written } from "gridtime/lib/html.js";
import { digitsNow, numClass, writeNum } from "gridtime/components/num.js";

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

/** Zero, the bar and its ends, without their places. @param {{added: boolean}} props */
const bar = ({ added }) => html`<span class="axis" aria-hidden="true">
    <i class="axis-zero"></i>
    <i class="fill"></i>
    ${added && html`<i class="end end-start"></i>`}
    <i class="end end-last"></i>
  </span>`;

/**
 * @param {HTMLElement} row
 * @param {{lane: Lane, limit: number}} props
 */
function placeBar(row, { lane: { from, value }, limit }) {
  const to = from + value;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const fill = part(row, ".fill");
  fill.classList.toggle("is-minus", value < 0);
  fill.classList.toggle("is-plus", value >= 0);
  fill.style.cssText = `--from: ${place(low, limit)}%; --to: ${place(high, limit)}%`;
  part(row, ".end-last").style.cssText = `--at: ${place(to, limit)}%`;
  const start = row.querySelector(".end-start");
  if (start) /** @type {HTMLElement} */ (start).style.cssText = `--at: ${place(from, limit)}%`;
}

/** @param {HTMLElement} row @param {string} selector */
const part = (row, selector) => /** @type {HTMLElement} */ (row.querySelector(selector));

const gate = () => html`<span class="axis" aria-hidden="true">
    <i class="axis-zero"></i>
    <span class="gate"><i class="gate-fill"></i></span>
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

/** @typedef {{lane: Lane, kind: string, limit: number, digits: import("gridtime/math/format.js").Digits, opened: boolean, onOpen: (signal: string) => void}} RowProps */

export const LaneRow = written(
  /** @param {RowProps} props */
  ({ lane: { form, id, name, signal, start, held }, kind, digits, opened }) => [form, id, name, signal, start, held, kind, opened, digitsNow(digits)],
  ({ lane: { form, id, name, signal, start, held }, kind, digits, opened, onOpen }, ref) =>
    html`<div ref=${ref} class="lane lane-${form} ${opened ? "is-open" : ""} ${held ? "is-held" : ""}" data-lane=${id}>
    <${Label} name=${held ? `${name}: put in` : name} sign=${symbol(kind, id)} signal=${signal} opened=${opened} onOpen=${onOpen} />
    ${form === "gate" ? gate() : bar({ added: Boolean(start) })}
    <span class="lane-value"><span class=${numClass(digits)}></span></span>
  </div>`,
  (row, props) => {
    const { lane, digits } = props;
    if (lane.form === "gate") part(row, ".gate-fill").style.cssText = `--level: ${lane.value}`;
    else placeBar(row, props);
    writeNum(part(row, ".num"), { value: lane.value, digits });
  },
);

/** A beat that is still to come: outlines, no numbers. @param {{lanes: Lane[]}} props */
export const Outline = ({ lanes }) =>
  html`<div class="outline" aria-hidden="true">${lanes.map(({ form, id }) => html`<div key=${id} class="lane lane-${form}"><span class="lane-label"></span><span class="axis"><i class="axis-zero"></i><i class="outline-box"></i></span></div>`)}</div>`;

/** The ends of the axis, said once. @param {{limit: number, unit: string}} props */
export const AxisEnds = steady(
  ({ limit, unit }) =>
    html`<div class="lane lane-axis" aria-hidden="true"><span class="lane-unit">${unit}</span><span class="axis"><b>−${limit}</b><b>0</b><b>${limit}</b></span></div>`,
);
