/**
 * Accuracy against the time of one sentence, a mark a reader: square where all words are read at
 * once, round where each waits for the one before. Whiskers: the accuracy's 95 % interval, and the
 * time of the middle 80 % of sentences.
 *
 *     click a mark, or arrows in the focused plot -> onPick(reader)
 */
import { html } from "gridtime/lib/html.js";
import { entriesOf, next, placeOf, shareTicks, timeTicks, titleOf } from "gridtime/math/duel.js";
import { percent } from "gridtime/math/format.js";
import { apart } from "gridtime/math/logplot.js";

/** @typedef {import("gridtime/math/duel.js").Duel} Duel */
/** @typedef {import("gridtime/math/duel.js").Entry} Entry */
/** @typedef {ReturnType<typeof placeOf>} Place */

/** In px at root 16. @type {Record<"wide" | "narrow" | "present", import("gridtime/math/duel.js").Box & {letter: number}>} */
const BOX = {
  wide: { width: 640, height: 430, left: 56, right: 128, top: 14, bottom: 48, letter: 14 },
  narrow: { width: 358, height: 330, left: 46, right: 114, top: 14, bottom: 48, letter: 13 },
  present: { width: 1170, height: 420, left: 76, right: 190, top: 18, bottom: 64, letter: 20 },
};

const END = 4;

/** @param {{one: Entry, place: Place, thick: boolean, name: {x: number, y: number}, letter: number, onPick: (reader: string) => void}} props */
function Mark({ one, place, thick, name, letter, onPick }) {
  const { of, accuracy } = one;
  const [x, y] = [place.x(of.microseconds.median), place.y(accuracy.value)];
  const [left, right] = [of.microseconds.low, of.microseconds.high].map(place.x);
  const [low, high] = accuracy.interval.map(place.y);
  const half = thick ? 8 : 6;
  const shape = of.serial.per_word ? html`<circle cx=${x} cy=${y} r=${half} />` : html`<rect x=${x - half} y=${y - half} width=${2 * half} height=${2 * half} />`;
  return html`<g class="duel-mark ${thick ? "is-thick" : ""}" data-reader=${of.reader} onClick=${() => onPick(of.reader)}>
    <path class="duel-leader" d="M${x} ${y}L${name.x - 6} ${name.y}" />
    <path class="duel-whisker" d="M${left} ${y - END}v${2 * END}m0 ${-END}H${right}m0 ${-END}v${2 * END}M${x - END} ${low}h${2 * END}m${-END} 0V${high}m${-END} 0h${2 * END}" />
    ${shape}
    <text class="duel-name" x=${name.x} y=${name.y + letter * 0.35}>${of.title}</text></g>`;
}

/** Times that stand far enough apart to be written. @param {number[]} ticks @param {(us: number) => number} x @param {number} gap */
const spaced = (ticks, x, gap) => ticks.reduce((kept, us) => (kept.length && x(us) - x(kept[kept.length - 1]) < gap ? kept : [...kept, us]), /** @type {number[]} */ ([]));

/** @param {{duel: Duel, split: string, chosen: string, size: "wide" | "narrow" | "present", onPick: (reader: string) => void}} props */
export function Plot({ duel, split, chosen, size, onPick }) {
  const box = BOX[size];
  const entries = entriesOf(duel, split);
  const place = placeOf(entries, box);
  const [right, foot] = [box.width - box.right, box.height - box.bottom];
  const names = apart(entries.map(({ of, accuracy }) => ({ id: of.reader, at: place.y(accuracy.value) })), box.letter * 1.4, box.top + 6, foot);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (!/^Arrow/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    onPick(next(entries, chosen, event.key));
  };
  return html`<div class="duel-plot is-${size}" role="application" tabindex="0" aria-roledescription="plot" aria-label="Accuracy on ${titleOf(split)} against the time of one sentence, of each reader. Arrows choose a reader." onKeyDown=${key}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      ${shareTicks(place.share).map((share) => html`<g key=${share}><path class="duel-grid" d="M${box.left} ${place.y(share)}H${right}" /><text x=${box.left - 8} y=${place.y(share) + box.letter * 0.35} text-anchor="end">${percent(share)}</text></g>`)}
      ${spaced(timeTicks(place.time), place.x, box.letter * 4.4).map((us) => html`<g key=${us}><path class="duel-grid" d="M${place.x(us)} ${box.top}V${foot}" /><text x=${place.x(us)} y=${foot + box.letter * 1.4} text-anchor="middle">${us < 1000 ? `${us} µs` : `${us / 1000} ms`}</text></g>`)}
      ${[...entries].sort((one, two) => Number(one.of.reader === chosen) - Number(two.of.reader === chosen)).map((one) => html`<${Mark} key=${one.of.reader} one=${one} place=${place} thick=${one.of.reader === chosen} letter=${box.letter} name=${{ x: right + 14, y: names.get(one.of.reader) ?? 0 }} onPick=${onPick} />`)}
      <text x=${right} y=${box.height - 5} text-anchor="end">time of one sentence (log)</text>
    </svg>
  </div>`;
}
