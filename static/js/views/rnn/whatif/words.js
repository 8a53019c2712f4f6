/**
 * The sentence with its belief as it was and as it is now: one strip, two levels.
 *
 *     word            chosen one yellow, one that went struck through
 *     level           filled: now; tick: as it was
 *     per cent, move  in points; "same" for a tie
 */
import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { percent } from "gridtime/math/format.js";
import { moveSays, tied } from "gridtime/math/whatif.js";
import { wordSize } from "gridtime/math/window.js";
import { Overview } from "gridtime/views/rnn/overview.js";
import { useBelief } from "gridtime/views/rnn/strip.js";
import { shownColumns } from "gridtime/views/rnn/whatif/model.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/views/rnn/whatif/model.js").Shown} Shown */

/** The level: filled to what it is now; a tick where it was. @param {{before: number | null, now: number | null, changed: boolean}} props */
export function TwoLevels({ before, now, changed }) {
  if (before === null && now === null) return html`<span class="level level-open" aria-hidden="true"></span>`;
  const fill = now ?? before;
  const moved = changed && before !== null && now !== null && !tied(before, now);
  const low = moved ? Math.min(before, now) : 0;
  return html`<span class="level if-level ${now === null ? "is-gone" : ""}" aria-hidden="true">
    ${now !== null && html`<span class="level-fill" style=${{ "--level": String(fill) }}></span>`}
    ${moved && html`<span class="if-between" style=${{ "--low": String(low), "--far": String(Math.abs(now - before)) }}></span>`}
    ${before !== null && (moved || now === null) && html`<span class="if-was" style=${{ "--at": String(before) }}></span>`}
  </span>`;
}

/** What a screen reader hears. @param {Shown} one @param {Room} room @param {boolean} hidden */
function spoken({ t, text, was, before, now, marks }, { s }, hidden) {
  const place = `word ${(t ?? 0) + 1} of ${s.total}: ${text}${was ? `, was ${was}` : ""}`;
  const held = marks.length ? `; changed here: ${marks.join(", ")}` : "";
  if (now === null || hidden) return `${place}${held}`;
  const moved = before === null ? "" : tied(before, now) ? ", the same as before" : `, was ${percent(before)}`;
  return `${place}${held}; ${s.label} ${percent(now)}${moved}`;
}

/** @param {{one: Shown, room: Room, hidden: boolean, changed: boolean, width: number}} props */
function Column({ one, room, hidden, changed, width }) {
  const { s, doings, look } = room;
  const { t, text, known, was, before, marks } = one;
  const now = hidden ? null : one.now;
  const chosen = t === s.step && t !== null;
  const [most, least, root] = look.present ? [44, 26, 24] : [20, 13, 16];
  const size = { "--word-size": String(wordSize(text, width, most, least) / root) };
  return html`<li class=${["if-word", "word", chosen && "is-chosen", t === null && "is-gone"].filter(Boolean).join(" ")}>
    ${t === null
      ? html`<del class="word-button" dir="auto" title="${text}: left out"><span class="word-text" style=${size}>${text}</span></del>`
      : html`<button type="button" class="word-button" dir="auto" data-step=${t} tabindex=${chosen ? 0 : -1} aria-current=${chosen ? "step" : undefined}
          aria-label=${spoken(one, room, hidden)} title=${text} onClick=${() => doings.step(t)}>
          ${was && html`<del class="if-instead">${was}</del>`}<span class="word-text ${known ? "" : "is-new"}" style=${size}>${text}</span></button>`}
    ${s.reading.shares && html`<${TwoLevels} before=${hidden && t !== null ? null : before} now=${hidden ? before : now} changed=${changed && !hidden} />`}
    <span class="if-share">${hidden || now === null ? (before === null || t === null ? "\u00a0" : html`<span data-value=${exact(before)}>${percent(before)}</span>`) : html`<span class="num" data-value=${exact(now)}>${percent(now)}</span>`}</span>
    <span class="if-move ${tied(before, now) ? "is-same" : ""}">${changed && !hidden && now !== null && before !== null ? moveSays(before, now) : "\u00a0"}</span>
    <span class="if-marks">${marks.map((mark) => html`<i key=${mark}>${mark}</i>`)}</span>
  </li>`;
}

/** @param {{room: Room, hidden: boolean}} props hidden: what it says now is kept back for a vote */
export function Words({ room, hidden }) {
  const { s, look, doings, known } = room;
  const columns = shownColumns(room);
  const changed = room.changes.changes.value > 0;
  const width = look.present ? 208 : columns.length > 15 ? 53 : 85;
  const long = s.total > s.window.end - s.window.start;
  const running = s.reading.shares !== null;
  const belief = useBelief(s, known);
  return html`<div class="if-strip ${columns.length > 15 ? "strip-dense" : ""} ${running ? "" : "if-plain"}" style=${{ "--columns": String(columns.length) }}>
    ${long && html`<${Overview} noun=${s.reading.noun} total=${s.total} window=${s.window} step=${s.step} belief=${belief} label=${s.label} known=${known} look=${look} onChoose=${doings.step} onTurn=${doings.turn} />`}
    <div class="strip-words">
      ${running ? html`<p class="strip-axis if-axis" aria-hidden="true"><span>${s.label}</span><span>100 %</span><span>50</span><span>0</span><span class="if-axis-now">${changed && !hidden ? "now" : ""}</span><span class="if-axis-move">${changed && !hidden ? "points" : ""}</span></p>` : html`<span></span>`}
      <ol class="words" aria-label="Words, and ${s.label} after each${changed ? ", as it was and now" : ""}">
        ${columns.map((one) => html`<${Column} key=${`${one.t ?? `gone ${one.text}`}`} one=${one} room=${room} hidden=${hidden} changed=${changed} width=${width} />`)}
      </ol>
    </div>
    ${!running && html`<p class="small if-once">This reader answers once, for the whole text.</p>`}
    ${look.present && changed && !hidden && running && html`<p class="if-key small" aria-hidden="true"><i class="if-key-was"></i> as it was <i class="if-key-now"></i> now</p>`}
  </div>`;
}
