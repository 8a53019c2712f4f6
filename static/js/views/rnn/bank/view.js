/**
 * Bank: one word, two senses, and what a left-to-right reader can know of it when it gets there.
 *
 *     sentence 1 (clue before) | sentence 2 (clue after) | the visitor's own
 *        level curve each, "bank" in one column     carry the state of one into another
 */
import { html, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Trouble, sentence as said } from "gridtime/components/trouble.js";
import { LESSON, WORD, columnsOf, tipping } from "gridtime/math/bank.js";
import { Figures } from "gridtime/views/rnn/bank/figures.js";
import { percent } from "gridtime/math/format.js";
import { BankDown, BankRow } from "gridtime/views/rnn/bank/row.js";
import { VOTE, bothSays, says, swapSays } from "gridtime/views/rnn/bank/words.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/bank.js").Line} Line */
/** @typedef {import("gridtime/stores/bank.js").Bank} Bank */

export const ownField = true;

/** The stops of the walk: which sentence, whether the class votes at the word, whether a state is carried.
 *  @type {Record<string, {row: number, vote?: boolean, swap?: boolean, figures?: boolean}>} */
const STOPS = {
  "vote-1": { row: 0, vote: true },
  "sentence-1": { row: 0 },
  "vote-2": { row: 1, vote: true },
  "sentence-2": { row: 1 },
  "sentence-3": { row: 2 },
  swap: { row: 1, swap: true },
};

/** @param {Line | Error} line @returns {line is Line} */
const isRead = (line) => "tokens" in line;

/** @param {Room} room */
const textsOf = ({ address }) => [...LESSON.slice(0, 2), address.sentence ?? LESSON[2]];

/** Whose state a line would be given: the chosen word of another line, else the first line's clue. @param {Bank} bank @param {number} to @param {[number, number] | undefined} cell */
function sourceOf({ lines, reader }, to, cell) {
  const [row, t] = cell && cell[0] !== to ? cell : [to === 0 ? 1 : 0, -1];
  const line = lines[row];
  if (!line || !isRead(line)) return null;
  const step = t >= 0 && t < line.tokens.length ? t : tipping(line.beliefs, reader.start).t;
  return { row, step, word: line.tokens[step].text, text: line.text };
}

/** The row that a state is carried into; −1: none. @param {Record<string, any>} address @param {string} part */
const swappedRow = (address, part) => (STOPS[part]?.swap ? STOPS[part].row : /^swap[0-2]$/.test(address.show ?? "") ? Number(address.show.slice(4)) : -1);

/** @param {Room} room @param {string} part */
function useBank(room, part) {
  const { address } = room;
  const store = room.stores.bank;
  const bank = store.bank.value;
  const to = swappedRow(address, part);
  const source = bank && to >= 0 ? sourceOf(bank, to, address.cell) : null;
  const texts = textsOf(room);
  const wish = JSON.stringify([texts, source && { to, from: { text: source.text, step: source.step } }]);
  useEffect(() => {
    const [list, swap] = JSON.parse(wish);
    store.want(list, swap);
  }, [wish]);
  return bank;
}

/** @param {Room} room */
export function caption({ address, stores }) {
  const bank = stores.bank.bank.value;
  const line = bank?.lines[address.cell?.[0] ?? 1];
  if (!bank || !line || !isRead(line)) return `What does “${WORD}” mean here?`;
  return says(bank, line);
}

export const legend = () => html`<p class="legend">Filled: the upper sense. Hatched: the lower. Thick line: with another sentence's state.</p>`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const bank = room.stores.bank.bank.value;
  const about = (/** @type {number} */ row) => () => {
    const line = bank?.lines[row];
    return bank && line && isRead(line) ? says(bank, line) : `What does “${WORD}” mean here?`;
  };
  const carried = () => {
    const line = bank?.lines[1];
    return (bank && line && isRead(line) && swapSays(bank, line, sourceOf(bank, 1, room.address.cell)?.word ?? "")) ?? "The state of one sentence, carried into another.";
  };
  const show = (/** @type {string | undefined} */ value) => () => room.patch({ show: value });
  return [
    { id: "vote-1", caption: VOTE, apply: show(undefined) },
    { id: "sentence-1", caption: about(0), apply: show(undefined) },
    { id: "vote-2", caption: VOTE, apply: show(undefined) },
    { id: "sentence-2", caption: about(1), apply: show(undefined), notes: "Ask: where does it change its mind, and could it have known earlier?" },
    { id: "sentence-3", caption: about(2), apply: show(undefined), notes: "The two-way reader has read the end of the sentence before it answers." },
    { id: "swap", caption: carried, apply: show("swap1"), notes: "The state is all that it knows of the words before: exchange it, and it has read another beginning." },
  ];
}

/** One step along a sentence, or to the sentence above or below. @param {() => Room} room */
export function keys(room) {
  /** @param {number} rows @param {number} words */
  const move = (rows, words) => () => {
    const { address, patch, look, stores } = room();
    const lines = stores.bank.bank.peek()?.lines.filter(isRead) ?? [];
    if (look.present || !lines.length) return false;
    const [row, t] = address.cell ?? [0, -1];
    const next = Math.max(0, Math.min(lines.length - 1, row + rows));
    const far = lines[next].tokens.length - 1;
    return patch({ cell: [next, Math.max(0, Math.min(far, t + words))] });
  };
  return {
    keys: { ArrowLeft: move(0, -1), ArrowRight: move(0, 1), ArrowUp: move(-1, 0), ArrowDown: move(1, 0) },
    description: { ArrowUp: "sentence above", ArrowDown: "sentence below", ArrowLeft: "word before", ArrowRight: "next word" },
  };
}

/** The belief at every word as a file. @param {{bank: Bank, line: Line, k: number}} props */
function Saved({ bank, line, k }) {
  const bars = line.tokens.map(({ text }, t) => ({ label: `${t + 1} ${text}`, value: line.beliefs[t] }));
  const head = ["word", bank.label, ...(line.swapped ? [`${bank.label}, state carried`] : [])];
  const rows = [head, ...bars.map(({ label, value }, t) => [label, value, ...(line.swapped ? [line.swapped[t]] : [])])];
  return html`<${SaveBars} name="bank-${k + 1}" title=${line.text} bars=${bars} text=${percent} rows=${rows} label="the belief at every word of sentence ${k + 1}" />`;
}

/** @param {{bank: Bank, line: Line, k: number, room: Room, part: string}} props */
function Notes({ bank, line, k, room, part }) {
  const { address, patch } = room;
  const source = sourceOf(bank, k, address.cell);
  const on = swappedRow(address, part) === k;
  return html`<div class="bank-notes">
    <p>${says(bank, line)}</p>
    ${bothSays(bank, line) && html`<p>${bothSays(bank, line)}</p>`}
    <p class="bank-acts">${line.at > 0 && source && html`<button type="button" class="button" aria-pressed=${on} onClick=${() => patch({ show: on ? undefined : `swap${k}` })}>${on ? "Take the carried state out" : html`<span>Carry the state after “<bdi>${source.word}</bdi>” into this sentence</span>`}</button>`}<${Saved} bank=${bank} line=${line} k=${k} /></p>
    ${on && source && html`<p role="status">${swapSays(bank, line, source.word)}</p>`}
  </div>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const bank = useBank(room, part);
  const { address, patch, look } = room;
  const store = room.stores.bank;
  const trouble = html`<${Trouble} problem=${store.problem.value} onRetry=${store.retry} />`;
  if (!bank) return html`<div class="bank">${trouble}<${Busy} on=${store.busy.value} /></div>`;
  const stop = STOPS[part];
  const [chosenRow, chosenWord] = address.cell ?? [-1, -1];
  const only = stop ? stop.row : look.narrow ? Math.max(0, Math.min(2, chosenRow)) : -1;
  const columns = columnsOf(bank.lines.filter(isRead).filter((line) => only < 0 || line === bank.lines[only]));
  const Row = look.narrow && !look.present ? BankDown : BankRow;
  const own = html`<${SentenceBox} text=${address.sentence ?? LESSON[2]} label="Your sentence with “${WORD}”" onText=${(/** @type {string} */ sentence) => patch({ sentence, cell: undefined })} />`;
  return html`<div class="bank ${only >= 0 ? "bank-one" : ""}">
    ${trouble}
    ${look.narrow && html`<p class="bank-pick" role="group" aria-label="Sentence">${bank.lines.map((_, k) => html`<button key=${k} type="button" class="button" aria-pressed=${k === only} onClick=${() => patch({ cell: [k, 0] })}>${k === 2 ? "Yours" : `Sentence ${k + 1}`}</button>`)}</p>`}
    ${bank.lines.map((line, k) => {
      if (only >= 0 && k !== only) return null;
      const until = isRead(line) ? (stop?.vote ? line.at : line.tokens.length) : 0;
      return html`<section key=${k} class="bank-sentence" aria-label="Sentence ${k + 1}">
        ${k === 2 && !look.present && own}
        ${isRead(line)
          ? html`<${Row} line=${line} label=${bank.label} other=${bank.other} columns=${columns} start=${bank.reader.start} chosen=${chosenRow === k ? chosenWord : null} until=${until} present=${look.present} onWord=${(/** @type {number} */ t) => patch({ cell: [k, t] })} />
            ${!look.present && html`<${Notes} bank=${bank} line=${line} k=${k} room=${room} part=${part} />`}`
          : html`<p class="trouble" role="status">${said(line)}</p>`}
      </section>`;
    })}
    ${!look.present && html`<${Figures} bank=${bank} narrow=${look.narrow} />`}
  </div>`;
}
