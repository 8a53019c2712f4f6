/**
 * The answer to the whole sentence: as it was -> now, large, on one level; and in words.
 */
import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { shares } from "gridtime/math/effect.js";
import { percent } from "gridtime/math/format.js";
import { tied } from "gridtime/math/whatif.js";
import { answers, effectSays } from "gridtime/views/rnn/whatif/model.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** @param {{before: number, now: number | null}} props */
function Track({ before, now }) {
  const at = now ?? before;
  const [low, high] = [Math.min(before, at), Math.max(before, at)];
  const moved = now !== null && !tied(before, now);
  return html`<span class="belief-track if-track" aria-hidden="true"><i style=${{ "--level": String(at) }}></i>
    ${moved && html`<b class="was-line" style=${{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}></b><b class="was-tick" style=${{ left: `${before * 100}%` }}></b>`}</span>`;
}

/** @param {{room: Room, hidden: boolean}} props */
export function Answer({ room, hidden }) {
  const { label, before, now } = answers(room);
  const changed = room.changes.changes.value > 0;
  const [from, to] = changed ? shares(before, now) : [percent(before), percent(now)];
  const was = html`<span class="if-before" data-value=${exact(before)}>${from}</span>`;
  return html`<section class="if-answer" aria-label="The answer, as it was and now">
    <p class="if-of">${room.s.reading.shares ? "At the end" : "For the whole text"}: ${label}</p>
    <p class="if-large">${changed
      ? html`<small>was</small> ${was} <span aria-hidden="true">→</span> ${hidden ? html`<b class="if-now">?</b>` : html`<b class="if-now" data-value=${exact(now)}>${to}</b>`}`
      : html`<b class="if-now" data-value=${exact(now)}>${to}</b>`}</p>
    <${Track} before=${before} now=${hidden ? null : now} />
    ${!hidden && html`<p class="if-says" role="status">${effectSays(room)}</p>`}
  </section>`;
}
