/**
 * The beats of a step, per cell kind: what is drawn in which beat, and where each bar starts.
 *
 *     numbers of cellStep() --lanes()--> [{bar from → to} | {gate 0..1}], each with its beat
 *
 * All bars stand on one zero line. A bar that adds to another starts where that one ended:
 *
 *     c₋₁      0 ├────────────┤
 *     kept     0 ├──────────┤                 f · c₋₁
 *     written               ├─────┤           i · g
 *     c        0 ├────────────────┤
 */

/** @typedef {import("gridtime/math/readers.js").Kind} Kind */
/** @typedef {import("gridtime/math/cell.js").Numbers} Numbers */
/** @typedef {{id: string, name: string}} Beat */
/**
 * @typedef {object} Lane
 * @property {"bar" | "thin" | "gate"} form  bar: a value of the path; thin: a signed factor; gate: 0 to 1
 * @property {string} id       key of the number shown
 * @property {string} name
 * @property {number} beat     from 0
 * @property {number} from     where the bar starts
 * @property {number} value    the number itself; the bar ends at from + value
 * @property {string} [signal] a gate or candidate that can be opened as a dot product
 * @property {string} [start]  id of the bar in whose end this one starts
 * @property {boolean} [held]  put in by hand: not what the lanes above it give, and no sum stands behind it
 */

/** @type {Record<Kind, Beat[]>} */
export const BEATS = {
  lstm: [
    { id: "read", name: "Read" },
    { id: "forget", name: "Forget" },
    { id: "write", name: "Write" },
    { id: "expose", name: "Expose" },
    { id: "predict", name: "Predict" },
  ],
  gru: [
    { id: "read", name: "Read" },
    { id: "reset", name: "Reset" },
    { id: "propose", name: "Propose" },
    { id: "blend", name: "Blend" },
    { id: "predict", name: "Predict" },
  ],
  rnn: [
    { id: "read", name: "Read" },
    { id: "add", name: "Add" },
    { id: "squash", name: "Squash" },
    { id: "predict", name: "Predict" },
  ],
};

/**
 * form, beat, id, name, the dot product behind it, the bar in whose end it starts.
 * @typedef {[Lane["form"], number, string, string, string?, string?]} Row
 */

/** @type {Record<Kind, Row[]>} */
const ROWS = {
  lstm: [
    ["bar", 0, "c0", "old cell state"],
    ["gate", 1, "f", "forget gate", "f"],
    ["bar", 1, "kept", "kept"],
    ["gate", 2, "i", "input gate", "i"],
    ["thin", 2, "g", "candidate", "g"],
    ["bar", 2, "written", "written", undefined, "kept"],
    ["bar", 2, "c", "new cell state"],
    ["thin", 3, "tanhc", "squeezed"],
    ["gate", 3, "o", "output gate", "o"],
    ["bar", 3, "h", "new hidden state"],
  ],
  gru: [
    ["bar", 0, "h0", "old hidden state"],
    ["thin", 1, "hn", "from the last state", "hn"],
    ["gate", 1, "r", "reset gate", "r"],
    ["bar", 1, "recalled", "used of it"],
    ["bar", 2, "word", "from the word", "word", "recalled"],
    ["bar", 2, "n", "candidate"],
    ["gate", 3, "z", "update gate", "z"],
    ["bar", 3, "kept", "kept"],
    ["bar", 3, "written", "written", undefined, "kept"],
    ["bar", 3, "h", "new hidden state"],
  ],
  rnn: [
    ["bar", 0, "h0", "old hidden state"],
    ["bar", 1, "word", "from the word", "word"],
    ["bar", 1, "state", "from the last state", "state", "word"],
    ["bar", 1, "total", "sum"],
    ["bar", 2, "h", "new hidden state"],
  ],
};

/**
 * Everything a step draws, top to bottom.
 * @param {Kind} kind @param {Numbers} numbers
 * @param {Set<string>} [held] signals that were put in by hand
 * @returns {Lane[]}
 */
export function lanes(kind, numbers, held = new Set()) {
  return ROWS[kind].map(([form, beat, id, name, signal, start]) => ({
    form,
    beat,
    id,
    name,
    value: numbers[id] ?? 0,
    from: start ? (numbers[start] ?? 0) : 0,
    ...(signal && !held.has(id) ? { signal } : {}),
    ...(held.has(id) ? { held: true } : {}),
    ...(start ? { start } : {}),
  }));
}

/** The furthest that any bar reaches from zero. @param {Lane[]} all */
export function reach(all) {
  return all
    .filter((lane) => lane.form !== "gate")
    .reduce((far, { from, value }) => Math.max(far, Math.abs(from), Math.abs(from + value)), 0);
}

/** The dot products that can be opened in a step, in the order of the lanes. @param {Kind} kind */
export const openable = (kind) => ROWS[kind].flatMap((row) => (row[4] ? [row[4]] : []));

/**
 * What a beat works on besides its own lanes: the bar that it starts from.
 * @type {Record<Kind, string[][]>}
 */
const NEEDS = {
  lstm: [[], ["c0"], ["kept"], ["c"], ["h"]],
  gru: [[], ["h0"], ["recalled"], ["h0", "n"], ["h"]],
  rnn: [[], ["h0"], ["total"], ["h"]],
};

/**
 * The lanes of one beat alone, with those that it works on.
 * @param {Kind} kind
 * @param {number} beat
 * @param {Lane[]} all
 */
export const shownIn = (kind, beat, all) =>
  all.filter((lane) => lane.beat === beat || NEEDS[kind][beat].includes(lane.id));
