/**
 * Every reader with all that was measured: one row a reader.
 */
import { html } from "gridtime/lib/html.js";
import { serialSays, splitsOf, timeSays, titleOf } from "gridtime/math/duel.js";
import { count } from "gridtime/math/format.js";
import { intervalSays, shareSays } from "gridtime/math/rates.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";

/** @typedef {import("gridtime/math/duel.js").Duel} Duel */
/** @typedef {import("gridtime/math/duel.js").Reader} Reader */
/** @typedef {import("gridtime/math/duel.js").Split} Split */

/** What stands beside a share. @param {Split} one */
const standing = ({ best, tie }) => (best ? "best" : tie ? "tie" : "");

/** @param {{one: Split | undefined, hidden: boolean}} props */
function Accuracy({ one, hidden }) {
  if (!one) return html`<td></td>`;
  if (hidden) return html`<td><b class="duel-hidden">?</b></td>`;
  return html`<td class="duel-accuracy"><${Exact} value=${one.accuracy.value} text=${shareSays(one.accuracy.value)} /> <i>${standing(one)}</i><small>${intervalSays(one.accuracy)}</small></td>`;
}

/** @param {{of: Reader, hidden: boolean}} props */
function Cost({ of, hidden }) {
  const { median, low, high } = of.microseconds;
  return html`${hidden ? html`<td><b class="duel-hidden">?</b></td>` : html`<td><${Exact} value=${median} text=${timeSays(median)} /><small>${timeSays(low)} to ${timeSays(high)}</small></td>`}
    <td><${Exact} value=${of.serial.mean} text=${of.serial.per_word ? of.serial.mean.toFixed(1) : String(of.serial.fixed)} /><small>${serialSays(of.serial)}</small></td>
    <td><${Exact} value=${of.parameters} text=${count(of.parameters)} /></td>`;
}

/** n of a split. @param {Duel} duel @param {string} split */
const sizeOf = ({ readers }, split) => readers.flatMap(({ splits }) => splits).find((one) => one.split === split)?.accuracy.n ?? 0;

/** @param {{duel: Duel, chosen: string, hidden: boolean, onPick: (reader: string) => void}} props */
export function Figures({ duel, chosen, hidden, onPick }) {
  const splits = splitsOf(duel);
  return html`<div class="duel-scroll" tabindex="0" role="region" aria-label="All figures"><table class="duel-table">
    <thead><tr><th scope="col">reader</th>${splits.map((split) => html`<th key=${split} scope="col">right, ${titleOf(split)}<small>n = ${count(sizeOf(duel, split))}</small></th>`)}
      <th scope="col">time of a sentence<small>median; 10 to 90 %</small></th><th scope="col">steps that wait<small>at ${duel.words.toFixed(1)} words</small></th><th scope="col">weights</th></tr></thead>
    <tbody>${duel.readers.map((of) => html`<tr key=${of.reader} class=${of.reader === chosen ? "is-thick" : ""} data-reader=${of.reader}>
      <th scope="row"><button type="button" class="link" aria-pressed=${of.reader === chosen} title=${of.about} onClick=${() => onPick(of.reader)}>${of.title}</button></th>
      ${splits.map((split) => html`<${Accuracy} key=${split} one=${of.splits.find((one) => one.split === split)} hidden=${hidden} />`)}
      <${Cost} of=${of} hidden=${hidden} /></tr>`)}</tbody>
  </table></div>`;
}

/** @param {Duel} duel */
export function fileOf(duel) {
  const splits = splitsOf(duel);
  /** @param {Reader} one @param {string} split @returns {unknown[]} */
  const shares = ({ splits: all }, split) => {
    const rate = all.find((one) => one.split === split)?.accuracy;
    return rate ? [rate.n, rate.value, ...rate.interval] : ["", "", "", ""];
  };
  return [
    ["reader", ...splits.flatMap((split) => [`n ${split}`, split, "low", "high"]), "median µs", "10 %", "90 %", "steps fixed", "steps a word", "weights"],
    ...duel.readers.map((one) => [one.title, ...splits.flatMap((split) => shares(one, split)), one.microseconds.median, one.microseconds.low, one.microseconds.high, one.serial.fixed, one.serial.per_word, one.parameters]),
  ];
}
