/**
 * One sentence: its words in the shared columns, the belief as a level curve below them.
 *
 *     words | area filled to the belief, the rest hatched | per cent at every word
 *     dashed: before any word     thin: the two-way reader     thick: after a carried state
 */
import { html } from "gridtime/lib/html.js";
import { area, path } from "gridtime/math/bank.js";
import { percent } from "gridtime/math/format.js";
import { wordSize } from "gridtime/math/window.js";
import { share } from "gridtime/views/rnn/bank/words.js";

/** @typedef {import("gridtime/math/bank.js").Line} Line */
/**
 * @typedef {object} RowProps
 * @property {Line} line
 * @property {string} label          class at the top of the axis
 * @property {string} other          class at its foot
 * @property {{word: number, count: number}} columns
 * @property {number} start          belief before any word
 * @property {number | null} chosen  word under the marker
 * @property {number} until          words whose belief is shown: fewer while the class votes
 * @property {boolean} present
 * @property {(t: number) => void} onWord
 */

/** What a screen reader hears. @param {RowProps} props @param {number} t */
const spoken = ({ line, label, until }, t) =>
  `word ${t + 1} of ${line.tokens.length}: ${line.tokens[t].text}${t < until ? `; ${label} ${percent(line.beliefs[t])}` : ""}`;

/** @param {RowProps & {t: number, first: number}} props */
function Word(props) {
  const { line, t, first, chosen, onWord } = props;
  const [wide, most, least, root] = props.present ? [1500 / props.columns.count, 41, 26, 24] : [860 / props.columns.count, 18, 12, 16];
  const size = wordSize(line.tokens[t].text, wide - 8, most, least) / root;
  const name = ["bank-word", t === line.at && "is-asked", t === chosen && "is-chosen"];
  return html`<li style=${{ gridColumn: String(first + t + 1) }}>
    <button type="button" dir="auto" class=${name.filter(Boolean).join(" ")} style=${{ "--word-size": String(size) }} title=${line.tokens[t].text} aria-pressed=${t === chosen} aria-label=${spoken(props, t)} onClick=${() => onWord(t)}>
      <span class=${line.tokens[t].known ? "" : "is-new"}>${line.tokens[t].text}</span></button></li>`;
}

/** The belief at one word, and after a swap both. @param {RowProps & {t: number, first: number}} props */
function Figure({ line, t, first, until }) {
  const now = line.swapped && t >= line.at ? line.swapped[t] : null;
  return html`<li style=${{ gridColumn: String(first + t + 1) }} class=${t === line.at ? "is-asked" : ""}>
    ${t < until && html`<span class=${now === null ? "" : "bank-was"}>${share(line.beliefs[t])}</span>${now !== null && html` <b>${share(now)}</b>`}`}
  </li>`;
}

/** A dot on a curve, in per cent of the plot. @param {{at: number, count: number, belief: number, name: string}} props */
const Dot = ({ at, count, belief, name }) =>
  html`<i class="bank-dot ${name}" style=${{ left: `${((at + 0.5) / count) * 100}%`, top: `${(1 - belief) * 100}%` }}></i>`;

/** A line across. @param {{belief: number, name: string}} props */
const Across = ({ belief, name }) => html`<span class="bank-across ${name}" style=${{ top: `${(1 - belief) * 100}%` }}></span>`;

/** What a line across is, beside its end. @param {{belief: number, says: string}} props */
const Name = ({ belief, says }) => html`<small style=${{ top: `${(1 - belief) * 100}%` }}>${says}</small>`;

/** Apart enough for two names beside each other. @param {number} belief @param {number | null} from */
const apart = (belief, from) => (from === null || Math.abs(belief - from) > 0.3 ? belief : belief > from ? from + 0.3 : from - 0.3);

/** @param {RowProps & {first: number}} props */
function Plot({ line, columns, first, start, until }) {
  const { count, word } = columns;
  const seen = line.beliefs.slice(0, until);
  const swapped = until >= line.tokens.length ? line.swapped : null;
  const box = { left: `${(first / count) * 100}%`, right: `${(1 - (first + seen.length) / count) * 100}%` }; // nothing is said of words not read
  return html`<div class="bank-plot" aria-hidden="true">
    <span class="bank-hatch" style=${box}></span>
    <svg viewBox="0 0 ${count} 100" preserveAspectRatio="none">
      ${seen.length > 0 && html`<path class="bank-area" d=${area(seen, first)} />`}
      <line class="bank-even" x1=${first} x2=${first + line.tokens.length} y1="50" y2="50" />
      ${swapped && html`<path class="bank-swapped" d=${path(swapped, first, line.at)} />`}
    </svg>
    <span class="bank-column" style=${{ left: `${(word / count) * 100}%`, width: `${100 / count}%` }}></span>
    <${Across} belief=${start} name="is-start" />
    ${line.both !== null && until >= line.tokens.length && html`<${Across} belief=${line.both} name="is-both" />`}
    ${seen.map((belief, t) => html`<${Dot} key=${t} at=${first + t} count=${count} belief=${belief} name=${t === line.at ? "is-asked" : ""} />`)}
    ${swapped?.map((belief, t) => t >= line.at && html`<${Dot} key="s${t}" at=${first + t} count=${count} belief=${belief} name="is-swapped" />`)}
  </div>`;
}

/** @param {RowProps} props */
export function BankRow(props) {
  const { line, label, other, columns, start, until } = props;
  const both = until >= line.tokens.length ? line.both : null;
  const first = columns.word - line.at;
  const each = line.tokens.map((_, t) => t);
  return html`<div class="bank-row" style=${{ "--columns": String(columns.count) }}>
    <ol class="bank-words" aria-label="Words, and ${label} after each">${each.map((t) => html`<${Word} key=${t} ...${props} t=${t} first=${first} />`)}</ol>
    <div class="bank-axis" aria-hidden="true"><span>${label} 100 %</span><span>50</span><span>${other} 100 %</span></div>
    <${Plot} ...${props} first=${first} />
    <div class="bank-names">
      <${Name} belief=${start} says="before any word ${percent(start)}" />
      ${both !== null && html`<${Name} belief=${apart(both, start)} says="two-way reader ${percent(both)}" />`}
    </div>
    <ol class="bank-figures" aria-hidden="true">${each.map((t) => html`<${Figure} key=${t} ...${props} t=${t} first=${first} />`)}</ol>
  </div>`;
}

/** On a phone time runs down: one row a word. @param {RowProps} props */
export function BankDown(props) {
  const { line, label, chosen, start, until, onWord } = props;
  return html`<ol class="bank-down" aria-label="Words, and ${label} after each">
    <li class="bank-down-start"><span>before any word</span><span class="track"><i class="track-fill" style=${{ width: `${start * 100}%` }}></i></span><span>${share(start)}</span></li>
    ${line.tokens.map((token, t) => {
      const now = line.swapped && t >= line.at ? line.swapped[t] : null;
      return html`<li key=${t} class=${t === line.at ? "is-asked" : ""}>
        <button type="button" dir="auto" class="bank-word ${t === line.at ? "is-asked" : ""} ${t === chosen ? "is-chosen" : ""}" aria-pressed=${t === chosen} aria-label=${spoken(props, t)} onClick=${() => onWord(t)}><span class=${token.known ? "" : "is-new"}>${token.text}</span></button>
        <span class="track" aria-hidden="true">${t < until && html`<i class="track-fill" style=${{ width: `${(now ?? line.beliefs[t]) * 100}%` }}></i>`}</span>
        <span>${t < until && (now === null ? share(line.beliefs[t]) : html`${share(line.beliefs[t])} → <b>${share(now)}</b>`)}</span></li>`;
    })}
  </ol>`;
}
