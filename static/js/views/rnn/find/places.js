/**
 * Where else: one line of text a place, the words in question one under another, best first.
 *
 *     11 of 14 |      … words before | the matching words | words after …
 */
import { html, useState } from "gridtime/lib/html.js";
import { onAt } from "gridtime/math/find.js";
import { written } from "gridtime/math/lines.js";
import { readHere } from "gridtime/views/rnn/watching.js";

/** @typedef {import("gridtime/math/find.js").Place} Place */
/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {import("gridtime/views/rnn/find/view.js").Pattern} Pattern */
/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** Words on each side of the match. */
const AROUND = 11;
/** Lines that are listed at first, and at each press on "more". */
const FIRST = 12;

/** Words with a line under each: how many of the units are on. @param {{where: States, pattern: Pattern, start: number, end: number}} props */
function Part({ where, pattern: { on, level }, start, end }) {
  return where.pieces.slice(start, end).map((piece, k) => {
    const part = onAt(where, on, start + k, level) / Math.max(1, on.length);
    return html`${piece.gap > 0 && k > 0 ? " " : ""}<span class="place-word" style=${{ "--part": part.toFixed(2) }}>${piece.text}</span>`;
  });
}

/** @param {{room: Room, where: States, pattern: Pattern, place: Place}} props */
function Row({ room, where, pattern, place }) {
  const line = where.lines[place.line];
  const [left, right] = [Math.max(line.start, place.start - AROUND), Math.min(line.end, place.end + AROUND)];
  const text = written(where.pieces.slice(line.start, line.end));
  const read = () => readHere(room, text, { step: place.end - 1 - line.start, range: [place.start - line.start, place.end - 1 - line.start], against: undefined });
  const matched = written(where.pieces.slice(place.start, place.end));
  // Side by side on a phone: a space where the text has one.
  const gap = (/** @type {number} */ t) => (t > left && t < right && where.pieces[t].gap ? " " : "");
  return html`<li><button type="button" class="place" onClick=${read} title="Read this here" aria-label="${place.shared} of ${pattern.on.length} units are on at “${matched}” in: ${text}">
    <span class="place-count" data-value=${place.shared}><b>${place.shared}</b> of ${pattern.on.length}</span>
    <span class="place-left" dir="auto"><bdi>${left > line.start ? "… " : ""}<${Part} where=${where} pattern=${pattern} start=${left} end=${place.start} /></bdi></span>
    ${gap(place.start)}<span class="place-match ${place.start > left && !where.pieces[place.start].gap ? "is-glued" : ""}" dir="auto"><${Part} where=${where} pattern=${pattern} start=${place.start} end=${place.end} /></span>
    ${gap(place.end)}<span class="place-right ${place.end < right && !where.pieces[place.end].gap ? "is-glued" : ""}" dir="auto"><${Part} where=${where} pattern=${pattern} start=${place.end} end=${right} />${right < line.end ? " …" : ""}</span>
  </button></li>`;
}

/** @param {{room: Room, where: States, pattern: Pattern, places: Place[]}} props */
export function Places({ room, where, pattern, places }) {
  const total = places.length;
  const [more, setMore] = useState(1);
  const shown = places.slice(0, room.look.present ? 7 : FIRST * more);
  if (!places.length) return html`<p class="find-none" role="status">Nowhere in ${where.title} is one of these units on for so long.</p>`;
  return html`<ol class="places" aria-label="Places, best first">
      ${shown.map((place) => html`<${Row} key=${`${place.line}:${place.start}`} room=${room} where=${where} pattern=${pattern} place=${place} />`)}
    </ol>
    ${!room.look.present && shown.length < total && html`<button type="button" class="button" onClick=${() => setMore(more + 1)}>${Math.min(FIRST, total - shown.length)} more of ${total}</button>`}`;
}
