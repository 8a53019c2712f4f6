/**
 * The sentence above, the changed one below, a line for each word that moved.
 *
 *     words, places -> columns of equal width (on a phone: rows), curves from place to place
 *     in "swap two": a click, or Enter on a word, chooses it; arrows go from word to word
 */
import { html, useRef } from "gridtime/lib/html.js";
import { jumped, moves } from "gridtime/math/order.js";

/** @typedef {import("gridtime/stores/ordering.js").OrderedText} OrderedText */

/** Words that are drawn; all are read. */
export const DRAWN = 40;

/** Longer words are cut, in letters; sooner where there are many. @param {number} count */
const longestOf = (count) => (count > 14 ? 8 : 12);

/** @param {{places: number[], count: number, down: boolean}} props down: time runs down, lines go across */
function Lines({ places, count, down }) {
  const drawn = moves(places).filter(({ from, to }) => from < count && to < count);
  const main = jumped(moves(places));
  /** @param {number} a @param {number} b */
  const path = (a, b) => (down ? `M0 ${a}C.5 ${a} .5 ${b} 1 ${b}` : `M${a} 0C${a} .5 ${b} .5 ${b} 1`);
  return html`<svg class="order-lines" viewBox=${down ? `0 0 1 ${count}` : `0 0 ${count} 1`} preserveAspectRatio="none" aria-hidden="true">
    ${drawn.map(({ from, to }) => html`<path key=${from} class=${main < 0 || from === main ? "" : "is-shift"} data-from=${from} data-to=${to} vector-effect="non-scaling-stroke" d=${path(from + 0.5, to + 0.5)} />`)}
  </svg>`;
}

/** @param {{word: string, known: boolean, at: number, chosen: boolean, choosing: boolean, style: Record<string, string>, onPick: (k: number) => void}} props */
function Word({ word, known, at, chosen, choosing, style, onPick }) {
  const name = `order-word ${known ? "" : "is-new"} ${chosen ? "is-chosen" : ""}`;
  if (!choosing) return html`<span class=${name} style=${style} title=${word} dir="auto"><bdi>${word}</bdi></span>`;
  return html`<button type="button" class=${name} style=${style} data-word=${at} dir="auto" aria-pressed=${chosen} onClick=${() => onPick(at)}><bdi>${word}</bdi></button>`;
}

/** @param {{found: OrderedText, pair: [number, number] | null, down: boolean, onPick: (k: number) => void}} props pair: the chosen two, where words can be chosen */
export function Moved({ found, pair, down, onPick }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const { words, known, places } = found;
  const count = Math.min(DRAWN, words.length);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const at = Number(/** @type {HTMLElement} */ (event.target).dataset.word ?? NaN);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined || Number.isNaN(at)) return;
    event.preventDefault();
    event.stopPropagation();
    /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector(`[data-word="${Math.max(0, Math.min(count - 1, to))}"]`))?.focus();
  };
  /** @param {number} k @param {number} line */
  const place = (k, line) => (down ? { gridColumn: String(line), gridRow: String(k + 1) } : { gridColumn: String(k + 1), gridRow: String(line) });
  const after = places ?? [];
  const longest = Math.min(longestOf(count), Math.max(2, ...words.slice(0, count).map((word) => word.length)));
  const said = places ? `Changed: ${after.map((k) => words[k]).join(" ")}` : found.why;
  return html`<div class="order-scroll" tabindex="0" role="region" aria-label="The sentence and its new order" onKeyDown=${key}>
    <p class="unseen">${said}</p>
    <div ref=${box} class="order-words ${down ? "is-down" : ""}" style=${{ "--words": String(count), "--longest": String(longest) }}>
      ${words.slice(0, count).map((word, k) => html`<${Word} key="a${k}" word=${word} known=${known[k]} at=${k} chosen=${Boolean(pair?.includes(k))} choosing=${Boolean(pair)} style=${place(k, 1)} onPick=${onPick} />`)}
      ${places && html`<${Lines} places=${places} count=${count} down=${down} />
        ${after.slice(0, count).map((from, k) => html`<span key="b${k}" class="order-word ${known[from] ? "" : "is-new"} ${from === k ? "is-still" : "is-moved"}" style=${place(k, 3)} dir="auto" aria-hidden="true"><bdi>${words[from]}</bdi></span>`)}`}
    </div>
  </div>`;
}
