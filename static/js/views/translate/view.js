/**
 * A translation from left to right: what is read, what crosses, what is written; the choice of the
 * piece beside it, the whole of the attention and the measured figures under it.
 *
 *     both answers, one of them opened
 *     words + states [S, H] | handed over [H], attention | words + states [T, H] | next piece, search
 *     attention [T, S] | BLEU against length
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { layersOf, sideBySide, shown } from "gridtime/math/translating.js";
import { Answers } from "gridtime/views/translate/answers.js";
import { Candidates, NextPiece } from "gridtime/views/translate/choosing.js";
import { Crossing, Handed } from "gridtime/views/translate/crossing.js";
import { Lengths } from "gridtime/views/translate/lengths.js";
import { Matrix } from "gridtime/views/translate/matrix.js";
import { looksAt, piecesOf, sideOf, signalOf, stepOf, untilOf } from "gridtime/views/translate/scene.js";
import { Strip, StripHead } from "gridtime/views/translate/strip.js";
import { PARTS } from "gridtime/views/translate/walk.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */

/** rem: how high a row is, how wide the states are. @param {Room["look"]} look @param {number} rows @param {boolean} alone the states have the stage to themselves */
function sizesOf({ present, narrow }, rows, alone) {
  if (present) return { row: Math.max(1.3, Math.min(2, 27 / rows)), map: alone ? 34 : 16 };
  return narrow ? { row: 1.5, map: 11 } : { row: 1.375, map: 14 };
}

/** px at root 16. @param {Room["look"]} look @param {import("gridtime/views/translate/walk.js").Shown} show */
const handedSize = ({ present }, show) => (!present ? 96 : show.write ? 176 : 352);

/** @param {{room: Room, told: Told, part: string, playing: boolean, onPlay: () => void}} props */
export function View({ room, told, part, playing, onPlay }) {
  const { address, look, patch } = room;
  const show = PARTS[part] ?? PARTS.all;
  const side = sideOf(address, told);
  const step = stepOf(address, told, side);
  const until = untilOf(address, side);
  const pieces = piecesOf(side);
  const { reads, writes } = layersOf(side.net.graph);
  const signal = signalOf(address, side);
  const encoder = useMemo(() => sideBySide(side.tensors, reads, signal), [told.key, side, signal]);
  const decoder = useMemo(() => sideBySide(side.tensors, writes, signal), [told.key, side, signal]);
  const rows = Math.max(told.tokens.length, pieces.length);
  const { row, map } = sizesOf(look, rows, !show.write);
  const weights = looksAt(side, step);
  const strip = { room, signal, row, map };
  const middle = show.handed || (show.lines && !look.narrow);
  const main = show.read || show.write || show.handed;
  return html`<div class="trans ${look.present ? "is-present" : ""} is-${part}" style=${{ "--row": `${row}rem` }}>
    ${show.answers && html`<${Answers} room=${room} told=${told} side=${side} />`}
    ${main && html`<div class="trans-main">
      <div class="trans-both">
        ${show.read && html`<section class="trans-read" aria-label="What is read">
          <${StripHead} room=${room} side=${side} title="It reads" about="a row a piece, ${encoder.width} numbers each" signal=${signal} note=${reads.attributes.bidirectional ? "Left half of a row: what was read from the left, until here. Right half: from the right." : "What was read until here."} />
          <${Strip} ...${strip} values=${encoder} words=${told.tokens.map(({ text, known }) => ({ text: shown(text), known }))} weights=${show.lines ? weights : null} label="States of the network that reads: a row a piece, a column a unit" says="read" />
        </section>`}
        ${middle && html`<section class="trans-cross" aria-label="What crosses">
          ${show.handed ? html`<${Handed} side=${side} present=${look.present} size=${handedSize(look, show)} />` : html`<div class="trans-handed"></div>`}
          ${show.lines && !look.narrow && html`<${Crossing} weights=${weights} from=${told.tokens.length} at=${step} rows=${rows} row=${row} />`}
        </section>`}
        ${show.write && html`<section class="trans-write" aria-label="What is written">
          <${StripHead} room=${room} side=${side} title="It writes" about="${until + 1} of ${pieces.length} pieces" playing=${playing} onPlay=${onPlay} step=${until} last=${pieces.length - 1} />
          <${Strip} ...${strip} values=${decoder} words=${pieces.map(({ text }) => ({ text: shown(text), known: true }))} until=${until} chosen=${step} onRow=${(/** @type {number} */ t) => patch({ step: t })} label="States of the network that writes: a row a piece, a column a unit" says="written" />
        </section>`}
      </div>
      ${(show.next || (show.search && !look.present)) && html`<div class="trans-side">
        ${show.next && html`<${NextPiece} side=${side} step=${step} />`}
        ${show.search && html`<${Candidates} told=${told} side=${side} step=${step} present=${look.present} />`}
      </div>`}
    </div>`}
    ${(show.matrix || show.lengths || (show.search && look.present)) && html`<div class="trans-more">
      ${show.search && look.present && html`<${Candidates} told=${told} side=${side} step=${step} present=${look.present} />`}
      ${show.matrix && html`<${Matrix} room=${room} told=${told} side=${side} step=${step} />`}
      ${show.lengths && html`<${Lengths} told=${told} present=${look.present} narrow=${look.narrow} />`}
    </div>`}
  </div>`;
}
