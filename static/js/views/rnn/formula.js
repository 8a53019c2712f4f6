/**
 * The formula that ran, per beat, with this step's numbers under its symbols.
 *
 *     c_t = f_t · c_{t−1} + i_t · g_t
 *         = 0.930 · 0.521 + 0.880 · 0.750 = 1.144
 */
import { html } from "gridtime/lib/html.js";
import { number, roundingTerm } from "gridtime/math/format.js";
import { digitsNow, exact } from "gridtime/components/num.js";

/** @typedef {import("gridtime/math/cell.js").Numbers} Numbers */
/** @typedef {import("gridtime/lib/html.js").VNode} VNode */
/** @typedef {VNode | string} Part */

const DIGITS = 3;

/** A number of the step, with its exact value. @param {number} v @returns {VNode} */
const mn = (v) => html`<mn data-value=${exact(v)}>${number(v, digitsNow(DIGITS))}</mn>`;

/** The same after an operator: a negative number in brackets. @param {number} v @returns {VNode} */
const by = (v) =>
  v < 0 ? html`<mrow><mo stretchy="false">(</mo>${mn(v)}<mo stretchy="false">)</mo></mrow>` : mn(v);

/** @param {string} text */
const mo = (text) => html`<mo>${text}</mo>`;

/** c_{t−1}, f_t, … @param {string} base @param {string} [under] */
const sub = (base, under = "t") =>
  under === "t−1"
    ? html`<msub><mi>${base}</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>`
    : html`<msub><mi>${base}</mi><mi>${under}</mi></msub>`;

/** A function of its arguments: tanh(…). @param {string} name @param {Part[]} parts */
const call = (name, ...parts) =>
  html`<mrow><mi mathvariant="normal">${name}</mi><mo stretchy="false">(</mo>${parts}<mo stretchy="false">)</mo></mrow>`;

/**
 * "0.001 rounding" where the rounded terms miss the rounded sum.
 * @param {number[]} terms
 * @param {number} total
 * @returns {Part[]}
 */
function closing(terms, total) {
  const rest = roundingTerm(terms, total, digitsNow(DIGITS));
  return rest
    ? [
        mo(rest.value < 0 ? "−" : "+"),
        html`<mn>${number(Math.abs(rest.value), DIGITS)}</mn>`,
        html`<mtext class="rounding">${"\u00a0"}rounding</mtext>`,
      ]
    : [];
}

const last = () => sub("h", "t−1");
/** W x_t + b, U h_{t−1} + b′ of one gate. @param {string} [gate] */
const word = (gate) =>
  html`<mrow>${gate ? sub("W", gate) : html`<mi>W</mi>`}${sub("x")}<mo>+</mo><mi>b</mi></mrow>`;
/** @param {string} [gate] */
const state = (gate) =>
  html`<mrow>${gate ? sub("U", gate) : html`<mi>U</mi>`}${last()}<mo>+</mo><mi>b′</mi></mrow>`;

/** symbols, then numbers. @typedef {[Part[], Part[]]} Lines */

/** @type {Record<string, (n: Numbers) => Lines>} */
const FORMULAS = {
  "lstm.read": () => [[html`<mtext>each gate</mtext>`, mo("="), call("σ", word(), mo("+"), state())], []],
  "lstm.forget": (n) => [
    [html`<mtext>kept</mtext>`, mo("="), sub("f"), mo("·"), sub("c", "t−1")],
    [mo("="), mn(n.f), mo("·"), by(n.c0), mo("="), mn(n.kept)],
  ],
  "lstm.write": (n) => [
    [sub("c"), mo("="), sub("f"), mo("·"), sub("c", "t−1"), mo("+"), sub("i"), mo("·"), sub("g")],
    [
      mo("="),
      mn(n.kept),
      mo("+"),
      mn(n.i),
      mo("·"),
      by(n.g),
      ...closing([n.kept, n.written], n.c),
      mo("="),
      mn(n.c),
    ],
  ],
  "lstm.expose": (n) => [
    [sub("h"), mo("="), sub("o"), mo("·"), call("tanh", sub("c"))],
    [mo("="), mn(n.o), mo("·"), by(n.tanhc), mo("="), mn(n.h)],
  ],
  "gru.read": () => [[html`<mtext>each gate</mtext>`, mo("="), call("σ", word(), mo("+"), state())], []],
  "gru.reset": (n) => [
    [
      html`<mtext>used</mtext>`,
      mo("="),
      sub("r"),
      mo("·"),
      html`<mo stretchy="false">(</mo>`,
      state("n"),
      html`<mo stretchy="false">)</mo>`,
    ],
    [mo("="), mn(n.r), mo("·"), by(n.hn), mo("="), mn(n.recalled)],
  ],
  "gru.propose": (n) => [
    [sub("n"), mo("="), call("tanh", word("n"), mo("+"), html`<mtext>used</mtext>`)],
    [mo("="), call("tanh", mn(n.word), mo("+"), by(n.recalled)), mo("="), mn(n.n)],
  ],
  "gru.blend": (n) => [
    [
      sub("h"),
      mo("="),
      sub("z"),
      mo("·"),
      last(),
      mo("+"),
      html`<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>${sub("z")}<mo stretchy="false">)</mo>`,
      mo("·"),
      sub("n"),
    ],
    [
      mo("="),
      mn(n.z),
      mo("·"),
      by(n.h0),
      mo("+"),
      mn(n.open),
      mo("·"),
      by(n.n),
      ...closing([n.kept, n.written], n.h),
      mo("="),
      mn(n.h),
    ],
  ],
  "rnn.read": () => [[sub("x"), mo(","), last()], []],
  "rnn.add": (n) => [
    [sub("a"), mo("="), word(), mo("+"), state()],
    [mo("="), mn(n.word), mo("+"), by(n.state), ...closing([n.word, n.state], n.total), mo("="), mn(n.total)],
  ],
};

/**
 * The squash of a plain RNN: tanh, or max(0, ·).
 * @param {Numbers} n
 * @param {"tanh" | "relu"} squash
 * @returns {Lines}
 */
function squashing(n, squash) {
  const name = squash === "relu" ? "max" : "tanh";
  const zero = squash === "relu" ? [html`<mn>0</mn>`, mo(",")] : [];
  return [
    [sub("h"), mo("="), call(name, ...zero, sub("a"))],
    [mo("="), call(name, ...zero, mn(n.total)), mo("="), mn(n.h)],
  ];
}

/**
 * The vote of a unit: w·h + the others + bias.
 * @param {import("gridtime/math/answer.js").Vote} v
 * @returns {Lines}
 */
const voting = (v) => [
  [
    html`<mtext>score</mtext>`,
    mo("="),
    html`<mi>w</mi>`,
    mo("·"),
    sub("h"),
    mo("+"),
    html`<mtext>others</mtext>`,
    mo("+"),
    html`<mtext>bias</mtext>`,
  ],
  [
    mo("="),
    mn(v.w),
    mo("·"),
    by(v.h),
    mo("+"),
    by(v.others),
    mo("+"),
    by(v.bias),
    ...closing([v.product, v.others, v.bias], v.total),
    mo("="),
    mn(v.total),
  ],
];

/**
 * @param {{kind: import("gridtime/math/readers.js").Kind, beat: string, numbers: Numbers, squash: "tanh" | "relu",
 *   vote: import("gridtime/math/answer.js").Vote | null, narrow: boolean}} props
 */
export function Formula({ kind, beat, numbers, squash, vote, narrow }) {
  const lines =
    beat === "predict"
      ? vote && voting(vote)
      : beat === "squash"
        ? squashing(numbers, squash)
        : FORMULAS[`${kind}.${beat}`]?.(numbers);
  if (!lines) return null;
  const [symbols, values] = lines;
  return html`<p class="formula" role=${narrow ? "group" : undefined} aria-label=${narrow ? "Formula" : undefined} tabindex=${narrow ? 0 : undefined}>
    <math><mrow>${symbols}</mrow></math>
    ${values.length > 0 && html`<math><mrow>${values}</mrow></math>`}
  </p>`;
}
