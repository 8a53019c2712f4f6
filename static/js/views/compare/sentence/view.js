/**
 * Sentence: windows of words read at once beside one word after another.
 *
 *     field | words, both beliefs, windows that won | how the windows add up to the score
 */
import { html, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Notices } from "gridtime/components/notices.js";
import { Num } from "gridtime/components/num.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { percent, plural } from "gridtime/math/format.js";
import { answerAt, beliefAt } from "gridtime/math/tworeaders.js";
import { layersInLine, stepsInLine } from "gridtime/math/waiting.js";
import { doubtsSay } from "gridtime/math/unusual.js";
import { branches, told, votesOf } from "gridtime/math/windows.js";
import { Figures } from "gridtime/views/compare/figures.js";
import { unlessWalking } from "gridtime/views/compare/walking.js";
import { Columns, wordsOf } from "gridtime/views/compare/sentence/columns.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/stores/twosentences.js").SentencePair} SentencePair */

const TOLD = 6;
/** What a stop of the walk shows. @type {Record<string, {line?: boolean, atOnce?: boolean, windows?: boolean, votes?: boolean, vote?: boolean}>} */
const PARTS = {
  all: { line: true, atOnce: true, windows: true },
  sum: { atOnce: true, votes: true },
  guess: { line: true, vote: true },
  line: { line: true },
  windows: { windows: true },
  votes: { votes: true },
  both: { line: true, atOnce: true },
};

/** The class looked at: the address's, else what the reader answers in the end. @param {Record<string, any>} address @param {SentencePair} pair */
function labelOf(address, { classes, now }) {
  const named = classes.indexOf(address.class ?? "");
  return named >= 0 ? named : answerAt(now.line, now.line.rows);
}

/** The strongest other class at the end. @param {SentencePair} pair @param {number} label */
function rival({ classes, now }, label) {
  const rest = classes.map((_, k) => k).filter((k) => k !== label);
  return rest.reduce((best, k) => (beliefAt(now.atOnce, now.atOnce.rows, k) > beliefAt(now.atOnce, now.atOnce.rows, best) ? k : best), rest[0]);
}

/** Both at the end of the text. @param {SentencePair} pair @param {number} label */
function endSays({ now, line, atOnce, classes }, label) {
  const both = [[atOnce.name, now.atOnce], [line.name, now.line]].map(([name, curve]) => `${name} ${percent(beliefAt(/** @type {any} */ (curve), now.line.rows, label))}`);
  return `${classes[label]} at the end: ${both.join(", ")}.`;
}

/** @param {SentencePair} pair */
const widths = ({ atOnce }) => branches(atOnce.graph).map(({ words }) => words).join(", ").replace(/, (\d+)$/, " or $1");

/** @param {Room} room */
export function caption({ stores, address }) {
  const pair = stores.sentences.pair.value;
  return pair ? endSays(pair, labelOf(address, pair)) : "One sentence, two networks.";
}

export const legend = () => html`<p class="legend">Filled: belief. Bracket: a window; dashed, one that votes against.</p>`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ stores, address }) {
  const pair = stores.sentences.pair.value;
  if (!pair) return [];
  const label = labelOf(address, pair);
  return [
    { id: "guess", caption: `The ${pair.line.name} reads word by word. Where will its belief in ${pair.classes[label]} turn? Vote, then press on.` },
    { id: "line", caption: `The ${pair.line.name}: one word after another, each on top of its state.` },
    { id: "windows", caption: `The ${pair.atOnce.name}: windows of ${widths(pair)} words, all at once; of each channel only the largest value counts, wherever it stood.` },
    { id: "votes", caption: "Those values, weighed and added, are its score." },
    { id: "both", caption: () => endSays(pair, label), notes: "The one that reads at once has no word for how far apart two windows are." },
  ]; // prettier-ignore
}

/** @param {() => Room} room */
export function keys(room) {
  /** @param {number} by */
  const step = (by) => () => {
    const { address, patch, stores } = room();
    const last = (stores.sentences.pair.peek()?.tokens.length ?? 1) - 1;
    patch({ step: Math.max(0, Math.min(last, (address.step ?? last) + by)) });
  };
  return { keys: { ArrowRight: unlessWalking(room, step(1)), ArrowLeft: unlessWalking(room, step(-1)) }, description: { ArrowRight: "next word", ArrowLeft: "previous word" } };
}

/** @param {{room: Room, pair: SentencePair | null, label: number}} props */
function Head({ room, pair, label }) {
  const { address, patch, stores } = room;
  const nets = stores.sentences.nets.value;
  const gone = { step: undefined, class: undefined, stop: undefined };
  return html`<${SentenceBox} text=${address.text ?? pair?.text} samples=${nets?.atOnce.samples ?? []}
      onText=${(/** @type {string} */ text) => patch({ ...gone, text, sample: undefined })}
      onSample=${(/** @type {any} */ sample) => patch({ ...gone, sample: sample.name, text: undefined }, { push: true })} />
    ${pair && nets && html`<div class="compare-head">
      <label class="field">Word by word <select value=${pair.line.row.id} onChange=${(/** @type {any} */ e) => patch({ model: e.target.value })}>${nets.lines.map(({ row, name }) => html`<option key=${row.id} value=${row.id}>${name}</option>`)}</select></label>
      <label class="field">Belief in <select value=${pair.classes[label]} onChange=${(/** @type {any} */ e) => patch({ class: e.target.value })}>${pair.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
      <p class="waiting">${pair.atOnce.name}, waiting line: <${Num} value=${layersInLine(pair.atOnce.graph)} digits=${0} /> layers, however long the text. ${pair.line.name}: <${Num} value=${stepsInLine(pair.line.graph, pair.total)} digits=${0} /> words; longer text, longer line.</p>
    </div>`}`;
}

/** The same windows where they stand, or as terms of a sum. */
const SHOWN = [
  { id: "all", text: "where they stand" },
  { id: "sum", text: "how they add up" },
];

/** Above the words: the switch, the numbers, what was done to the text. @param {{room: Room, pair: SentencePair, label: number, shown: string}} props */
function Tools({ room, pair, label, shown }) {
  const { now, line, atOnce, judged } = pair;
  const lines = [{ name: line.name, now: now.line, judged: judged.line }, { name: atOnce.name, now: now.atOnce, judged: judged.atOnce }];
  return html`<div class="sent-tools">
    <span class="legend-text">Windows of the ${atOnce.name}</span>
    <${Switch} name="Windows of the ${atOnce.name}" options=${SHOWN} chosen=${shown} onPick=${(/** @type {string} */ id) => room.patch({ show: id === "sum" ? id : undefined })} />
    <${Figures} lines=${lines} label=${label} name=${pair.classes[label]} read="words" rowNames=${pair.tokens.map(({ text }, t) => `${t + 1} ${text}`)} drawn=${false} />
    <${Notices} answer=${pair.answer} doubts=${doubtsSay(lines, "sentences")} />
  </div>`;
}

/** How the windows add up to the score. @param {{pair: SentencePair, votes: import("gridtime/math/windows.js").Votes, label: number, other: number}} props */
function Sum({ pair, votes, label, other }) {
  const { best, rest, left } = told(votes, TOLD);
  const named = best.map((won) => ({ label: `“${wordsOf(pair, won)}”, ${won.words} words`, value: won.vote }));
  const terms = [...named, ...(rest ? [{ label: plural(rest, "other window"), value: left }] : []), { label: "bias", value: votes.bias }];
  return html`<section class="sent-sum"><h2>${pair.classes[label]} rather than ${pair.classes[other]}</h2>
    <${Waterfall} terms=${terms} total=${votes.total} totalLabel="score" label="How the windows vote" />
    ${votes.silent > 0 && html`<p class="small">${plural(votes.silent, "channel")} found nothing anywhere: 0.</p>`}</section>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { address, look, patch, stores } = room;
  const store = stores.sentences;
  const { model, sample, text } = address;
  useEffect(() => void store.want({ model, sample, text }), [model, sample, text]);
  const pair = store.pair.value;
  const label = pair ? labelOf(address, pair) : 0;
  const other = pair ? rival(pair, label) : 1;
  const votes = pair?.head && votesOf(pair.atOnce.graph, pair.tensors, pair.head, label, other);
  const shown = !look.present && address.show === "sum" ? "sum" : part;
  const show = PARTS[shown] ?? PARTS.all;
  const last = (pair?.tokens.length ?? 1) - 1;
  return html`<div class="sent ${look.present ? `is-${part}` : ""}" data-key=${pair?.key} data-whole=${Boolean(votes)}>
    ${!look.present && html`<${Head} room=${room} pair=${pair} label=${label} />`}
    <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Trouble} problem=${store.headProblem.value} onRetry=${store.retryHead} /><${Busy} on=${store.busy.value} />
    ${pair && html`${pair.tokens.length < pair.total && html`<p class="small">The first ${pair.tokens.length} of ${pair.total} words are drawn; both networks read all of them.</p>`}
      ${!look.present && html`<${Tools} room=${room} pair=${pair} label=${label} shown=${shown} />`}
      ${(show.line || show.atOnce || show.windows) && html`<${Columns} pair=${pair} label=${label} at=${Math.min(last, address.step ?? last)} windows=${show.windows && votes ? told(votes, TOLD).best : null} line=${Boolean(show.line)} atOnce=${Boolean(show.atOnce)} until=${show.vote ? 0 : pair.tokens.length} onChoose=${(/** @type {number} */ step) => patch({ step })} />`}
      ${show.votes && votes && html`<${Sum} pair=${pair} votes=${votes} label=${label} other=${other} />`}`}
  </div>`;
}
