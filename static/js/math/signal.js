/**
 * An error signal on its way back: shares of what it is at the end, factors a step, and their words.
 *
 *     norms at every word --÷ the last one--> shares (log10) --> lines of a plot
 *     lab "200,64,torch,normal,1,0,,20" --parse--> settings of fresh cells within bounds
 */

/** @typedef {"rnn" | "gru" | "lstm"} Kind */
/** @typedef {{value: number, from: number, to: number}} Factor */
/** @typedef {{x: number, log: number}} Point `log`: log10 of the share that is left; −Infinity: nothing */
/**
 * One line. `points` ascend in x and end where the signal starts; `raw` are the norms themselves.
 * @typedef {object} Series
 * @property {string} id
 * @property {Kind} kind
 * @property {string} name
 * @property {Point[]} points
 * @property {number[]} raw
 * @property {Factor | null} factor
 */

/** What each kind of cell is called, in the order in which the room tells of them. @type {Record<Kind, string>} */
export const NAMES = { rnn: "RNN", gru: "GRU", lstm: "LSTM" };
export const KINDS = /** @type {Kind[]} */ (Object.keys(NAMES));

/** log10 of the share below which nothing is left to learn from. */
export const FLOOR = -12;

/** What can be measured at every word; `of`: the member of the answer, for cells without a c the other one. */
export const QUANTITIES = {
  error: { title: "∂loss/∂h", of: "loss_h", without: "loss_h", name: "the error signal at the state h, as it is passed on" },
  memory: { title: "∂loss/∂c", of: "loss_c", without: "loss_h", name: "the error signal in the memory: c of the LSTM with what h shows of it, h of the others" },
  reach: { title: "∂answer/∂x", of: "answer_x", without: "answer_x", name: "how far the answer moves with each word" },
};
/** @typedef {keyof typeof QUANTITIES} Quantity */

/** @param {string | undefined} wanted @returns {Quantity} */
export const quantityOf = (wanted) => (wanted === "memory" || wanted === "reach" ? wanted : "error");

/**
 * The line of one trained reader.
 * @param {{id: string, kind: Kind}} row
 * @param {import("gridtime/api/client.js").GradientAnswer} answer
 * @param {Quantity} quantity
 * @returns {Series}
 */
export function trainedSeries({ id, kind }, answer, quantity) {
  const { of, without } = QUANTITIES[quantity];
  const member = /** @type {"loss_h" | "loss_c" | "answer_x"} */ (answer.steps[0].loss_c === null ? without : of);
  const raw = answer.steps.map((step) => step[member] ?? 0);
  const last = raw[raw.length - 1];
  const points = raw.map((norm, k) => ({ x: answer.steps[k].t, log: last > 0 ? Math.log10(norm / last) : -Infinity }));
  return { id, kind, name: NAMES[kind], points, raw, factor: answer.factor[member] };
}

/**
 * The line of a fresh cell: x runs to the last step, as time does.
 * @param {Kind} kind
 * @param {import("gridtime/api/client.js").LabAnswer} answer
 * @returns {Series}
 */
export function freshSeries(kind, { curve, factor, settings }) {
  const reach = settings.length;
  const points = curve.map(({ n, log10 }) => ({ x: reach - n, log: log10 })).reverse();
  const whole = [...points, { x: reach, log: 0 }];
  return { id: kind, kind, name: NAMES[kind], points: whole, raw: whole.map(({ log }) => 10 ** log), factor };
}

/** The share that is left at x, between two measured points on their line. @param {Series} series @param {number} x */
export function logAt({ points }, x) {
  const after = points.findIndex((point) => point.x >= x);
  if (after < 0) return null;
  const [a, b] = [points[Math.max(0, after - 1)], points[after]];
  if (b.x === x) return b.log;
  return after === 0 ? null : a.log + ((b.log - a.log) * (x - a.x)) / (b.x - a.x);
}

const SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10⁻¹², as it is written. @param {number} power */
export const powerOfTen = (power) =>
  `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => SUPER[Number(digit)]).join("")}`;

/** A place on the axis: 1, 1/10, 1/100, 10⁻⁴, 10⁶. @param {number} power */
export function tickSays(power) {
  if (power === 0) return "1";
  if (power > 0) return power <= 3 ? (10 ** power).toLocaleString("en") : powerOfTen(power);
  return power >= -3 ? `1/${(10 ** -power).toLocaleString("en")}` : powerOfTen(power);
}

/** The same in few letters: "34 %", "× 2.4", "3 × 10⁻⁷". @param {number} log */
export function leftShort(log) {
  if (log < FLOOR) return "< 10⁻¹²";
  const text = leftSays(log);
  return text.endsWith(" times as much") ? `× ${text.replace(" times as much", "")}` : text.replace(" of it", "");
}

/** What is left, for reading: "34 %", "0.02 %", "3 × 10⁻⁷ of it", "2.4 times as much". @param {number} log */
export function leftSays(log) {
  if (log < FLOOR) return "nothing to learn from";
  const share = 10 ** log;
  if (share >= 10) {
    const power = Math.floor(log);
    return power < 4 ? `${Math.round(share)} times as much` : `${powerOfTen(power)} times as much`;
  }
  if (share >= 1.005) return `${share.toFixed(1)} times as much`;
  if (share >= 0.0095) return `${Math.round(share * 100)} %`;
  if (share >= 0.0001) return `${(share * 100).toPrecision(1)} %`;
  const power = Math.floor(log);
  return `${Math.round(share / 10 ** power)} × ${powerOfTen(power)} of it`;
}

/** "LSTM, × 0.63 a step". @param {Series} series */
export const endSays = ({ name, factor }) => (factor ? `${name}, × ${factor.value.toFixed(2)} a step` : name);

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "Ten steps back, 1 % is left." or, of a shorter text, at its first word. @param {Series} series @returns {{text: string, steps: string, log: number} | null} */
export function tenBack(series) {
  const { points } = series;
  const end = points[points.length - 1].x;
  const back = Math.min(10, end - points[0].x);
  const log = back > 0 ? logAt(series, end - back) : null;
  if (log === null) return null;
  const steps = `${NUMBERS[back][0].toUpperCase()}${NUMBERS[back].slice(1)} step${back === 1 ? "" : "s"} back`;
  if (log < FLOOR) return { text: `${steps}, nothing is left to learn from.`, steps, log };
  return { text: `${steps}, ${leftSays(log)} is left.`, steps, log };
}

/* --- the lab ------------------------------------------------------------------------------- */

/** @typedef {{length: number, hidden: number, scale: number, forget: number}} LabNumbers */
/** `clip` null: not clipped; `at` how many steps back the readout is. @typedef {LabNumbers & {init: "torch" | "orthogonal", inputs: "normal" | "zero", clip: number | null, at: number}} Lab */

/** @type {Record<keyof LabNumbers, {name: string, least: number, most: number, step: number}>} */
export const FIELDS = {
  forget: { name: "Forget bias", least: 0, most: 3, step: 0.25 },
  scale: { name: "Recurrent scale", least: 0.5, most: 1.5, step: 0.05 },
  length: { name: "Length, steps", least: 30, most: 400, step: 10 },
  hidden: { name: "Hidden size", least: 4, most: 128, step: 4 },
};
export const CLIPS = [null, 10, 1, 0.1, 0.01];

/** As the stated table was measured. @type {Lab} */
export const FIRST = { length: 200, hidden: 64, init: "torch", inputs: "normal", scale: 1, forget: 0, clip: null, at: 10 };

/** Within bounds and on the field's own steps. @param {keyof LabNumbers} field @param {number} typed */
export function held(field, typed) {
  const { least, most, step } = FIELDS[field];
  if (!Number.isFinite(typed)) return FIRST[field];
  const on = Math.round(typed / step) * step;
  return Number(Math.max(least, Math.min(most, on)).toFixed(2));
}

/** @param {string | undefined} text of the address @returns {Lab} */
export function parseLab(text) {
  if (!text) return FIRST;
  const [length, hidden, init, inputs, scale, forget, clip, at] = text.split(",");
  const typed = (/** @type {string | undefined} */ raw) => (raw && /^-?\d{1,4}(\.\d{1,4})?$/.test(raw) ? Number(raw) : NaN);
  const lab = { length: held("length", typed(length)), hidden: held("hidden", typed(hidden)), scale: held("scale", typed(scale)), forget: held("forget", typed(forget)) };
  const back = Math.round(typed(at));
  return {
    ...lab,
    init: init === "orthogonal" ? "orthogonal" : "torch",
    inputs: inputs === "zero" ? "zero" : "normal",
    clip: CLIPS.includes(typed(clip)) ? typed(clip) : null,
    at: Number.isFinite(back) ? Math.max(1, Math.min(reachOf(lab.length), back)) : Math.min(FIRST.at, reachOf(lab.length)),
  };
}

/** @param {Lab} lab @returns {string | undefined} undefined where nothing was changed */
export function formatLab({ length, hidden, init, inputs, scale, forget, clip, at }) {
  const write = (/** @type {Lab} */ l) => [l.length, l.hidden, l.init, l.inputs, l.scale, l.forget, l.clip ?? "", l.at].join(",");
  const text = write({ length, hidden, init, inputs, scale, forget, clip, at });
  return text === write(FIRST) ? undefined : text;
}

/** How far back a sequence is measured: not into its first 20 steps. @param {number} length */
export const reachOf = (length) => length - 20;

/**
 * What the server is asked for one cell; a tanh RNN has no gate that a bias would open.
 * @param {Lab} lab @param {Kind} cell @param {number} [seeds]
 */
export const askOf = ({ length, hidden, init, inputs, scale, forget, clip }, cell, seeds) => ({
  cell, length, hidden, init, inputs, scale,
  ...(cell === "rnn" ? {} : { forget_bias: forget }),
  ...(clip === null ? {} : { clip }),
  ...(seeds ? { seeds } : {}),
}); // prettier-ignore

/** The stated figures (32 inputs, 64 units, 200 steps, ten seeds), each with the settings that measure it here.
 *  @type {{name: string, cell: Kind, change: Partial<Lab>, stated: number}[]} */
export const STATED = [
  { name: "RNN, torch's own", cell: "rnn", change: {}, stated: 0.51 },
  { name: "LSTM, torch's own", cell: "lstm", change: {}, stated: 0.63 },
  { name: "LSTM, forget bias +1", cell: "lstm", change: { forget: 1 }, stated: 0.84 },
  { name: "LSTM, forget bias +3", cell: "lstm", change: { forget: 3 }, stated: 1 },
  { name: "GRU, torch's own", cell: "gru", change: {}, stated: 0.63 },
  { name: "RNN, orthogonal, no input", cell: "rnn", change: { init: "orthogonal", inputs: "zero" }, stated: 1 },
  { name: "RNN, 1.05 × that", cell: "rnn", change: { init: "orthogonal", inputs: "zero", scale: 1.05 }, stated: 1.05 },
];

/** How a factor a step changes a signal. @param {number} value */
export const fate = (value) => (value < 0.97 ? "fades" : value > 1.03 ? "grows" : "stays");

/** "× 0.51" and so on, joined for reading. @param {Series[]} all */
export function labSays(all) {
  const known = all.filter(({ factor }) => factor);
  if (!known.length) return "";
  const parts = known.map(({ name, factor }) => `${name} × ${factor?.value.toFixed(2)}`);
  const fates = new Set(known.map(({ factor }) => fate(factor?.value ?? 1)));
  const [only] = fates;
  const together = { fades: "each step back loses some of it: it vanishes", grows: "each step back adds to it: it explodes", stays: "it comes back as strong as it left" };
  return `${parts.join(", ")} a step${fates.size === 1 ? `: ${together[only]}` : ""}.`;
}

/**
 * What follows for gates, only where the measured numbers show it.
 * @param {Record<string, number | undefined>} plain factors at torch's own initialisation, by kind
 * @param {number | undefined} opened the LSTM's factor with a forget bias
 * @param {number} bias that bias
 */
export function verdicts(plain, opened, bias) {
  const { rnn, gru, lstm } = plain;
  const said = [];
  if (rnn !== undefined && lstm !== undefined && gru !== undefined && fate(lstm) === "fades" && fate(gru) === "fades")
    said.push(`The default initialisation does not fix it: with gates × ${lstm.toFixed(2)} (LSTM) and × ${gru.toFixed(2)} (GRU), without × ${rnn.toFixed(2)}.`);
  if (opened !== undefined && lstm !== undefined && bias > 0 && opened > lstm + 0.05)
    said.push(`Gates make it fixable: a forget bias of ${bias} takes the LSTM from × ${lstm.toFixed(2)} to × ${opened.toFixed(2)}.`);
  return said;
}
