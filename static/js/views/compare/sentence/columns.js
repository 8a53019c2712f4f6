/**
 * Words as columns: under each the belief of both networks, then the windows that won. On a phone
 * time runs down: a row a word, a column a network, brackets at the right.
 *
 *     word | level of the one | level of the other | brackets over the words of a window
 *     (where each stands is a number in its style: --t, --lane, --start …; the style sheet places it)
 */
import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { percent, plural, signed } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/tworeaders.js";

/** @typedef {import("gridtime/stores/twosentences.js").SentencePair} SentencePair */
/** @typedef {import("gridtime/math/windows.js").Won} Won */
/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */

/** The words of a window, as they stand. @param {SentencePair} pair @param {Won} won */
export const wordsOf = ({ tokens }, { start, end }) => tokens.slice(start, end).map(({ text }) => text).join(" ");

/** @param {{curve: Curve, label: number, name: string, title: string, short: string, lane: number, tokens: SentencePair["tokens"], at: number, until: number}} props short: the network; lane: column on a phone; until: words whose answers are shown */
function Levels({ curve, label, name, title, short, lane, tokens, at, until }) {
  return html`<div class="sent-title">${title}</div><b class="sent-head" style=${{ "--lane": lane }} aria-hidden="true">${short}</b>
    ${tokens.map(({ text }, t) => {
      const belief = beliefAt(curve, t, label);
      const open = t >= until;
      return html`<div key="${title} ${t}" class="sent-level ${t === at ? "is-at" : ""}" style=${{ "--t": t, "--lane": lane }} role="img" aria-label=${open ? `${text}: not shown yet` : `${text}: ${name} ${percent(belief)}`}>
        <span class="sent-track">${!open && html`<span style=${{ "--belief": `${belief * 100}%` }}></span>`}</span>
        ${open ? html`<span>?</span>` : html`<span class="num" data-value=${exact(belief)}>${percent(belief)}</span>`}
      </div>`;
    })}`;
}

/** A window over its words. @param {{pair: SentencePair, won: Won, lane: number}} props */
function Window({ pair, won, lane }) {
  const style = { "--start": won.start, "--end": won.end, "--lane": lane };
  const cut = won.words > won.end - won.start ? ", it begins before the text" : "";
  return html`<div class="sent-window ${won.vote < 0 ? "is-against" : ""}" style=${style} title="“${wordsOf(pair, won)}”: the largest value of ${plural(won.channels, "channel")}${cut}">
    <span class="num" data-value=${exact(won.vote)}>${signed(won.vote)}</span> <span class="sent-width">${won.words} words</span></div>`;
}

/**
 * @param {{pair: SentencePair, label: number, at: number, windows: Won[] | null, line: boolean, atOnce: boolean, until: number, onChoose: (t: number) => void}} props
 */
export function Columns({ pair, label, at, windows, line, atOnce, until, onChoose }) {
  const { tokens, now, classes } = pair;
  const levels = { label, name: classes[label], tokens, at, until };
  return html`<div class="sent-scroll" tabindex="0" role="region" aria-label="Words and beliefs">
    <div class="sent-grid" style=${{ "--words": String(tokens.length), "--windows": String(Math.max(1, windows?.length ?? 0)) }}>
      ${tokens.map(({ text, known }, t) => html`<button key=${t} type="button" style=${{ "--t": t }} class="sent-word ${known ? "" : "is-new"} ${t === at ? "is-at" : ""}" dir="auto" aria-pressed=${t === at} onClick=${() => onChoose(t)}><bdi>${text}</bdi></button>`)}
      ${line && html`<${Levels} ...${levels} curve=${now.line} short=${pair.line.name} lane=${2} title="${pair.line.name}: ${classes[label]}, if the sentence ended here" />`}
      ${atOnce && html`<${Levels} ...${levels} curve=${now.atOnce} short=${pair.atOnce.name} lane=${line ? 3 : 2} title="${pair.atOnce.name}: ${classes[label]}, the text so far read anew" />`}
      ${windows && html`<div class="sent-title">${pair.atOnce.name}: windows whose values were the largest anywhere, and how they vote for ${classes[label]}</div>
        ${windows.map((won, k) => html`<${Window} key="${won.end} ${won.words}" pair=${pair} won=${won} lane=${4 + k} />`)}`}
    </div>
  </div>`;
}
