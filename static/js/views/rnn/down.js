/**
 * Read on a phone: time runs down. One row a word: word 120 | track 120 | 5 cells.
 */
import { html } from "gridtime/lib/html.js";
import { activation, colourOf, css, digitInk } from "gridtime/math/colour.js";
import { number } from "gridtime/math/format.js";
import { shownUnits } from "gridtime/math/units.js";
import { Overview } from "gridtime/views/rnn/overview.js";
import { SignalBar } from "gridtime/views/rnn/signalbar.js";
import { useBelief, useValues } from "gridtime/views/rnn/strip.js";
import { Level, Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Look} Look */
/** @typedef {import("gridtime/views/rnn/strip.js").Doings} Doings */

const UNITS = 5;

/** One unit at one word. @param {{v: number, limit: number, gate: boolean, look: Look}} props */
function Cell({ v, limit, gate, look }) {
  if (gate)
    return html`<i class="cell cell-gate" aria-hidden="true"><b style=${{ "--level": String(v) }}></b></i>`;
  const colour = colourOf(v, limit, activation(look.theme));
  return html`<i class="cell ${v < 0 ? "cell-minus" : ""}" style=${{ background: css(colour), color: digitInk(colour) }} aria-hidden="true"></i>`;
}

/** @param {{s: Scene, last: number, known: number, look: Look, every: boolean, doings: Doings}} props */
export function Down({ s, last, known, look, every, doings }) {
  const { value, limits } = useValues(s, look);
  const belief = useBelief(s, known);
  const { window, reading, total, step, signal, label } = s;
  const units = shownUnits(s.ordered, UNITS, s.unit);
  const rows = reading.tokens
    .slice(window.start, window.end)
    .map((token, k) => ({ token, t: window.start + k }));
  /** @param {number} t */
  const says = (t) => units.map((u) => `unit ${u}: ${number(value(t, u), 2)}`).join(", ");
  return html`<div class="down">
    ${
      total > window.end - window.start &&
      html`<${Overview} noun=${s.reading.noun} total=${total} window=${window} step=${step} belief=${belief} label=${label} known=${known} look=${look} onChoose=${doings.step} onTurn=${doings.turn} />`
    }
    <${SignalBar} s=${s} shown=${units.length} every=${every} look=${look} doings=${doings} />
    <div class="down-head" aria-hidden="true"><span>${reading.noun}</span><span>${label}</span><span class="down-units">${units.map((u) => html`<i class=${u === s.unit ? "is-chosen" : ""}>${u}</i>`)}</span></div>
    <ol class="down-rows">
      ${rows.map(({ token, t }) => {
        const [p, unread] = [belief(t), t > last];
        return html`<li key=${t} class="down-row ${t === step ? "is-chosen" : ""}">
          <button type="button" data-step=${t} aria-current=${t === step ? "step" : undefined} onClick=${() => doings.word(t)}
            aria-label="word ${t + 1} of ${total}: ${token.text}${token.known ? "" : ", new to this network"}; ${says(t)}">
            <span class="word-text ${token.known ? "" : "is-new"}" dir="auto">${token.text.trim() ? token.text : "␣"}</span>
          </button>
          <span class="down-level"><${Level} belief=${p} stage=${unread ? "unread" : "read"} />${p !== null && !unread && html`<${Share} value=${p} class="word-share" />`}</span>
          <span class="down-units">${units.map((u) => html`<${Cell} key=${u} v=${value(t, u)} limit=${limits(u)} gate=${signal.form === "gate"} look=${look} />`)}</span>
        </li>`;
      })}
    </ol>
  </div>`;
}
