/**
 * Find the same again: a range of words, the units that stay on through it, where else they are on.
 *
 *     words, range ─ level ─> units that are on ─ search over a corpus ─> lines, best first
 *     the corpus: the project's sentences, or a text pasted or dropped, which stays in this page
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { Num } from "gridtime/components/num.js";
import { firstRange, search, unitsOn, within } from "gridtime/math/find.js";
import { number } from "gridtime/math/format.js";
import { written } from "gridtime/math/lines.js";
import { Switch } from "gridtime/components/switch.js";
import { Book } from "gridtime/views/rnn/find/book.js";
import { Lines } from "gridtime/views/rnn/find/lines.js";
import { Places } from "gridtime/views/rnn/find/places.js";
import { RangeWords, Steppers, dragging } from "gridtime/views/rnn/find/range.js";
import { Pager, Troubles, chooseColumn, columnOf, unitName, useStates } from "gridtime/views/rnn/watching.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {import("gridtime/math/find.js").Range} Range */
/** @typedef {import("gridtime/math/find.js").On} On */
/** @typedef {{own: States, range: Range, level: number, positive: boolean, cut: boolean, on: On[]}} Pattern */

/** Levels to begin with: the first at which few enough units are on to be told apart. */
const LEVELS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
const FEW = 16;

/** Range and level that show something, until the visitor chooses: kept for each text. @type {WeakMap<States, {range: Range, level: number}>} */
const begun = new WeakMap();

/** @param {States} own */
function beginning(own) {
  const known = begun.get(own);
  if (known) return known;
  const range = firstRange(own.h, own.hidden, LEVELS[0], 2, (t) => /[\p{L}\d]/u.test(own.pieces[t].text));
  const level = LEVELS.find((v) => unitsOn(own.h, own.hidden, range, v).length <= FEW) ?? LEVELS[LEVELS.length - 1];
  const fresh = { range, level };
  begun.set(own, fresh);
  return fresh;
}

/** @type {{key: unknown[], pattern: Pattern} | undefined} the last one: caption and view ask for the same */
let last;

/** What the address asks for, on the text that is here. @param {Room} room @param {States} own @returns {Pattern} */
function patternOf({ address }, own) {
  const first = beginning(own);
  const range = within(address.range, own.pieces.length) ?? first.range;
  const level = address.level ? Math.max(5, Math.min(99, address.level)) / 100 : first.level;
  const [positive, cut] = [address.method === "above", Boolean(address.cut)];
  const key = [own, ...range, level, positive, cut];
  if (last && key.every((v, k) => v === last?.key[k])) return last.pattern;
  const on = unitsOn(own.h, own.hidden, range, level, { positive, cut });
  last = { key, pattern: { own, range, level, positive, cut, on } };
  return last.pattern;
}

/** The states of the visitor's text, if they are those on screen. @param {Room} room */
const ownOf = ({ s, stores: { states } }) => {
  const own = states.own.value.value;
  return own?.key === s.reading.base ? own : null;
};

/** "not good". @param {Pattern} pattern */
const phrase = ({ own, range: [a, b] }) => written(own.pieces.slice(a, b + 1));

/** The unit drawn thick: the chosen one; before one is chosen the first that is on. @param {Room} room @param {Pattern} pattern */
export function thickOf({ s, address }, { on }) {
  const column = columnOf(s);
  return address.unit === undefined && on.length && !on.some(({ unit }) => unit === column) ? on[0].unit : column;
}

/** @param {Pattern} pattern */
function onSays(pattern) {
  const { on, own, level, positive, cut } = pattern;
  const bound = html`${positive ? "above" : "beyond ±"}<${Num} value=${level} />`;
  return html`Through “<bdi>${phrase(pattern)}</bdi>”, ${on.length} of ${own.hidden} units stay ${bound}${cut ? ", and not just before or after" : ""}.`;
}

/** @param {Room} room */
export function caption(room) {
  const own = ownOf(room);
  return own ? onSays(patternOf(room, own)) : "Which units stay on through some words, and where else?";
}

export const legend = () =>
  html`<p class="legend">Lines: h of every unit; dark ones are on, the thick one is chosen. Dashed: the level. Under a word: how many of the units are on there.</p>`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const own = ownOf(room);
  const now = () => (own ? patternOf(room, own) : null);
  const about = () => {
    const pattern = now();
    return pattern ? onSays(pattern) : "Which units stay on?";
  };
  return [
    { id: "range", caption: () => { const p = now(); return p ? html`“<bdi>${phrase(p)}</bdi>”: what does the memory do through these words?` : "A range of words."; }, notes: "Drag over other words, or press Shift with → and ←." },
    { id: "on", caption: about, notes: "Each line is one unit. The thick one is the chosen unit; C goes to the next that is on." },
    { id: "places", caption: () => { const p = now(); return p ? html`Where else are these ${p.on.length} units on together?` : "Where else?"; }, notes: "Same state, other words: is there something that these places have in common?" },
  ]; // prettier-ignore
}

/** @param {() => Room} room */
export function keys(room) {
  /** @param {(range: Range, total: number, step: number) => Range} change */
  const ranged = (change) => () => {
    const now = room();
    const own = ownOf(now);
    if (!own) return false;
    return now.patch({ range: change(patternOf(now, own).range, own.pieces.length, now.s.step) });
  };
  /** @param {1 | -1} by */
  const unit = (by) => () => {
    const now = room();
    const own = ownOf(now);
    const on = own ? patternOf(now, own).on : [];
    if (!on.length) return now.doings.nextUnit(by);
    const at = on.findIndex((one) => one.unit === thickOf(now, patternOf(now, /** @type {States} */ (own))));
    return chooseColumn(now, on[(at + by + on.length) % on.length].unit);
  };
  return {
    keys: {
      "Shift+ArrowRight": ranged(([a, b], total) => [a, Math.min(total - 1, b + 1)]),
      "Shift+ArrowLeft": ranged(([a, b]) => (b > a ? [a, b - 1] : [Math.max(0, a - 1), b])),
      Enter: ranged((_, __, step) => [step, step]), c: unit(1), "Shift+c": unit(-1),
    },
    description: { "Shift+ArrowRight": "a longer range", "Shift+ArrowLeft": "a shorter range", Enter: "the range begins at this word", c: "next unit that is on", "Shift+c": "unit before that is on" },
  }; // prettier-ignore
}

/** The level, what counts as on, and the ends of the range. @param {{room: Room, pattern: Pattern}} props */
function Controls({ room: { patch, address }, pattern }) {
  const { level, positive, cut, range, own } = pattern;
  const set = (/** @type {any} */ event) => patch({ level: Number(event.target.value) });
  return html`<div class="find-controls">
    <label class="field">Level <input type="range" min="5" max="99" step="1" value=${Math.round(level * 100)} onInput=${set} aria-label="Level" aria-valuetext=${number(level)} /><b><${Num} value=${level} /></b></label>
    <${Switch} name="What counts as on" chosen=${positive ? "above" : "either"} onPick=${(/** @type {string} */ id) => patch({ method: id === "above" ? "above" : undefined })}
      options=${[{ id: "either", text: "either sign", title: "On: beyond the level above or below zero, with one sign" }, { id: "above", text: "above zero", title: "On: above the level" }]} />
    <label class="field"><input type="checkbox" checked=${cut} onChange=${() => patch({ cut: address.cut ? undefined : true })} /> off just before and after</label>
    <${Steppers} range=${range} total=${own.pieces.length} onRange=${(/** @type {Range} */ to) => patch({ range: to })} />
  </div>`;
}

/** The units that are on. @param {{room: Room, pattern: Pattern, most: number}} props */
function Units({ room, pattern, most }) {
  const { on } = pattern;
  const chosen = thickOf(room, pattern);
  if (!on.length) return html`<p class="find-none" role="status">No unit stays on through all of these words. Lower the level, or take fewer words.</p>`;
  return html`<ul class="find-units" aria-label="Units that are on">
    ${on.slice(0, most).map(({ unit, least, sign }) => html`<li key=${unit}><button type="button" class="find-unit" aria-pressed=${unit === chosen} onClick=${() => chooseColumn(room, unit)}
      title="Unit ${unitName(room.s, unit)}: at least ${number(Math.abs(least))} ${sign > 0 ? "above" : "below"} zero"><span>${unitName(room.s, unit)}</span><${Num} value=${least} signed=${true} /></button></li>`)}
    ${on.length > most && html`<li class="find-more">${on.length - most} others</li>`}
  </ul>`;
}

/** Which corpus, and its places. @param {{room: Room, pattern: Pattern, corpus: States | null}} props */
function Elsewhere({ room, pattern, corpus }) {
  const { address, patch, look, about } = room;
  const own = address.against === "book";
  const book = room.stores.states.book.value.value;
  const where = own ? (book?.key.startsWith(`${about.net.id}\n`) ? book : null) : corpus;
  const { on, level, cut, range } = pattern;
  const length = range[1] - range[0] + 1;
  const found = useMemo(() => {
    if (!where || !on.length) return null;
    const from = performance.now();
    const places = search(where, on, { level, length, cut });
    return { ...places, ms: performance.now() - from };
  }, [where, on, level, length, cut]);
  // The same drawing while nothing of it changes: a step key leaves it alone.
  const listed = useMemo(() => found && where && html`<${Places} room=${room} where=${where} pattern=${pattern} places=${found.places} />`, [found, look.present]);
  const rows = () => [["units on", "of", "others on", "words", "line"], ...(found && where ? found.places.map((p) => [p.shared, on.length, p.others, written(where.pieces.slice(p.start, p.end)), written(where.pieces.slice(where.lines[p.line].start, where.lines[p.line].end))]) : [])];
  return html`<section class="find-elsewhere" aria-label="Elsewhere">
    ${!look.present && html`<div class="find-head"><h2>Elsewhere</h2>
      <${Switch} name="Where to look" chosen=${own ? "book" : "corpus"} onPick=${(/** @type {string} */ id) => patch({ against: id === "book" ? "book" : undefined })}
        options=${[{ id: "corpus", text: corpus ? `${corpus.lines.length} sentences of the project` : "sentences of the project" }, { id: "book", text: "a text of yours" }]} />
      ${found && where && html`<p class="find-took" role="status" data-ms=${found.ms.toFixed(1)}>${where.pieces.length.toLocaleString("en")} words × ${on.length} units searched in ${Math.max(1, Math.round(found.ms))} ms. In ${found.half} lines at least half of the units are on.</p>`}
      ${found && html`<${SaveMenu} items=${plotFiles("places", { rows })} label="the places" />`}</div>`}
    ${own && html`<${Book} model=${about.net.id} states=${room.stores.states} />`}
    ${listed}
  </section>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { own, corpus } = useStates(room, { corpus: true });
  if (!own) return html`<div class="find"><${Troubles} room=${room} /></div>`;
  const pattern = patternOf(room, own);
  const all = !["range", "on", "places"].includes(part);
  const drag = dragging(pattern.range, (range) => room.patch({ range }));
  return html`<div class="find ${all ? "" : `find-stop-${part}`}">
    ${!room.look.present && html`<${Pager} room=${room} />`}
    <${RangeWords} room=${room} pattern=${pattern} drag=${drag} />
    ${(all || part === "on") && html`<${Lines} room=${room} pattern=${pattern} chosen=${thickOf(room, pattern)} />`}
    ${all && !room.look.present && html`<${Controls} room=${room} pattern=${pattern} />`}
    ${(all || part === "on") && html`<${Units} room=${room} pattern=${pattern} most=${room.look.present ? 8 : 24} />`}
    ${(all || part === "places") && html`<${Elsewhere} room=${room} pattern=${pattern} corpus=${corpus} />`}
    <${Troubles} room=${room} />
  </div>`;
}
