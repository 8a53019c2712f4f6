/**
 * What a unit watches: the words that drive it up and down, what it follows, the visitor's text in
 * its colours.
 *
 *     units, most effect first | unit 63: its property | up, down | your text
 *     units.json (measured)    | corpus states (colours of the sentences) | own states
 */
import { html, useEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { Num } from "gridtime/components/num.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { count } from "gridtime/math/format.js";
import { written } from "gridtime/math/lines.js";
import { limitOf } from "gridtime/math/units.js";
import { answerSays, limitOfUnit, pageOf, placeIn, propertySays, seriesOf } from "gridtime/math/watched.js";
import { Switch } from "gridtime/components/switch.js";
import { Coloured } from "gridtime/views/rnn/watch/coloured.js";
import { UnitList } from "gridtime/views/rnn/watch/list.js";
import { Troubles, columnOf, readHere, unitName, useStates } from "gridtime/views/rnn/watching.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {import("gridtime/math/watched.js").Watched} Watched */
/** @typedef {import("gridtime/math/watched.js").Unit} Unit */

const CHANGED = "change";
/** Words of the text on a projector. */
const PROJECTED = 40;

/** What was measured about the chosen unit; null before it is here, undefined where nothing was. @param {Room} room */
function measured({ s, about, stores: { states } }) {
  const found = states.units.value.value;
  if (found?.model !== about.net.id) return null;
  return found.watched?.units[columnOf(s)];
}

/** @param {Room} room */
const watchedOf = ({ about, stores: { states } }) => (states.units.value.value?.model === about.net.id ? states.units.value.value.watched : null);

/** "Unit 63: its value is higher where …" @param {Room} room */
function says(room) {
  const [unit, watched] = [measured(room), watchedOf(room)];
  const name = `Unit ${unitName(room.s, columnOf(room.s))}`;
  return unit && watched ? html`${name}. ${propertySays(unit, watched).text}.` : `${name} over the words of a text.`;
}

/** @param {Room} room */
export const caption = (room) => says(room);

/** The end of the colour scale. @param {Unit | null | undefined} unit @param {Float32Array | null} own */
const scaleOf = (unit, own) => (unit ? limitOfUnit(unit) : limitOfUnit({ least: 0, most: own ? limitOf(own) : 1 }));

/** @param {Room} room */
export function legend(room) {
  const own = room.stores.states.own.value.value;
  const limit = scaleOf(measured(room), own ? seriesOf(own, columnOf(room.s)) : null);
  return html`<${Legend} limit=${limit} label="h of unit ${unitName(room.s, columnOf(room.s))}" scope="its own scale" /><p class="legend">Hatched at the foot: negative.</p>`;
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  return [
    { id: "drives", caption: "These words drive one unit up most, and down most. What do they have in common?", notes: "Let the class guess before you press on. C chooses the next unit." },
    { id: "property", caption: () => says(room), notes: "Measured on sentences that the property was not chosen on. Most units follow nothing so simple." },
    { id: "colours", caption: () => html`The same unit over this text: ${limitSays(room)}`, notes: "Type another sentence before the lesson: the colours follow it." },
  ];
}

/** @param {Room} room */
function limitSays(room) {
  const own = room.stores.states.own.value.value;
  if (own?.key !== room.s.reading.base) return "";
  const t = room.s.step;
  return html`<${Num} value=${own.h[t * own.hidden + columnOf(room.s)]} signed=${true} /> after “<bdi>${own.pieces[t].text}</bdi>”.`;
}

/** One sentence that drives the unit. @param {{room: Room, corpus: States, place: import("gridtime/math/watched.js").Place, values: Float32Array, limit: number}} props */
function Driven({ room, corpus, place, values, limit }) {
  const found = placeIn(corpus, place);
  if (!found) return null;
  const { start, end, at } = found;
  const text = written(corpus.pieces.slice(start, end));
  const read = () => readHere(room, text, { step: at - start });
  return html`<li class="driven"><button type="button" class="driven-value" onClick=${read} title="Read this here" aria-label="${place[2]} at “${corpus.pieces[at].text}” in: ${text}. Read this here"><${Num} value=${place[2]} signed=${true} /></button>
    <${Coloured} of=${`${corpus.key}:${start}`} pieces=${corpus.pieces} start=${start} end=${end} values=${values} limit=${limit} theme=${room.look.theme} at=${at} /></li>`;
}

/** Up and down, by value or by change. @param {{room: Room, corpus: States, unit: Unit, values: Float32Array, limit: number}} props */
function Drives({ room, corpus, unit, values, limit }) {
  const { address, patch, look } = room;
  const change = address.show === CHANGED;
  const [up, down] = change ? [unit.rise, unit.fall] : [unit.up, unit.down];
  const most = look.present ? 4 : 5;
  const rows = () => [["way", "value", "word", "sentence"], ...[["up", up], ["down", down]].flatMap(([way, places]) => /** @type {import("gridtime/math/watched.js").Place[]} */ (places).map((place) => {
    const found = placeIn(corpus, place);
    return [way, place[2], found ? corpus.pieces[found.at].text : "", found ? written(corpus.pieces.slice(found.start, found.end)) : ""];
  }))];
  /** @param {string} title @param {import("gridtime/math/watched.js").Place[]} places */
  const list = (title, places) => html`<section><h3>${title}</h3><ol class="drives-list">${places.slice(0, most).map((place) => html`<${Driven} key=${place.join()} room=${room} corpus=${corpus} place=${place} values=${values} limit=${limit} />`)}</ol></section>`;
  return html`<div class="drives">
    ${!look.present && html`<div class="drives-head"><${Switch} name="By what" chosen=${change ? CHANGED : "value"} onPick=${(/** @type {string} */ id) => patch({ show: id === CHANGED ? CHANGED : undefined })}
      options=${[{ id: "value", text: "by value", title: "Where h is largest and smallest" }, { id: CHANGED, text: "by change", title: "Where h changed most from one word to the next" }]} />
      <span class="legend">of ${count(corpus.pieces.length)} words in ${count(corpus.lines.length)} sentences, at most one a sentence</span>
      <${SaveMenu} items=${plotFiles(`unit-${columnOf(room.s)}`, { rows })} label="these words" /></div>`}
    ${list(change ? "The word raises it most" : "It stands highest after the framed word", up)}${list(change ? "The word lowers it most" : "It stands lowest after the framed word", down)}
  </div>`;
}

/** Scrolls a box so that its marked word is seen; never the page. @param {HTMLElement | null} box */
function into(box) {
  const word = /** @type {HTMLElement | null | undefined} */ (box?.querySelector(".is-at"));
  if (!box || !word) return;
  const [top, bottom] = [word.offsetTop, word.offsetTop + word.offsetHeight];
  if (top < box.scrollTop || bottom > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
}

/** The visitor's own text. @param {{room: Room, own: States, values: Float32Array, limit: number}} props */
function Own({ room: { s, look, patch }, own, values, limit }) {
  const total = own.pieces.length;
  const page = pageOf(s.step, total, look.present ? PROJECTED : undefined);
  const t = s.step;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => into(box.current), [t, page.start, own]);
  /** @param {Event} event */
  const choose = (event) => {
    const word = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest?.("[data-word]"));
    if (word) patch({ step: Number(word.dataset.word) });
  };
  const rows = () => [["word", "h"], ...own.pieces.map((piece, k) => [piece.text, values[k]])];
  return html`<section class="own" aria-label="Your text in this unit's colours">
    ${!look.present && html`<h3>Your text ${total > page.end - page.start && html`<span class="own-page">
      <button type="button" class="tool" aria-label="Earlier words" disabled=${page.start === 0} onClick=${() => patch({ step: Math.max(0, page.start - 1) })}>◀</button>
      words ${count(page.start + 1)} to ${count(page.end)} of ${count(total)}
      <button type="button" class="tool" aria-label="Later words" disabled=${page.end === total} onClick=${() => patch({ step: page.end })}>▶</button></span>`}
      <${SaveMenu} items=${plotFiles("text-by-unit", { rows })} label="your text's values" /></h3>`}
    <p class="own-text" ref=${box} onClick=${choose}><${Coloured} of=${own.key} pieces=${own.pieces} start=${page.start} end=${page.end} values=${values} limit=${limit} theme=${look.theme} at=${t} steps=${true} /></p>
    <p class="own-says" role="status">After “<bdi>${own.pieces[t].text}</bdi>”, word ${count(t + 1)}: <b><${Num} value=${values[t]} signed=${true} /></b>${t > 0 && html`, before it <${Num} value=${values[t - 1]} signed=${true} />`}</p>
  </section>`;
}

/** What it follows, in a sentence with its figure. @param {{room: Room, unit: Unit, watched: Watched}} props */
function Property({ room, unit, watched }) {
  const { s, look } = room;
  const said = propertySays(unit, watched);
  const head = answerSays(unit, s.reading.classes[1] ?? "");
  return html`<div class="property">
    <p class="property-says ${said.found ? "" : "is-none"}">${said.text}.${said.figure && html` <small>${said.figure}</small>`}</p>
    ${head && look.present && html`<p>${head}</p>`}
    ${!look.present && html`<p class="watch-figures">${head && html`<span class="watch-head">${head} </span>`}Over the project's sentences: mean <${Num} value=${unit.mean} signed=${true} />, spread <${Num} value=${unit.spread} />, from <${Num} value=${unit.least} signed=${true} /> to <${Num} value=${unit.most} signed=${true} />. <details class="property-how"><summary>How it was measured</summary>${watched.measure}</details></p>`}
  </div>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { own, corpus, units } = useStates(room, { corpus: true, units: true });
  const { s, look } = room;
  const column = columnOf(s);
  const unit = units?.units[column];
  const mine = useMemo(() => (own ? seriesOf(own, column) : null), [own, column]);
  const theirs = useMemo(() => (corpus ? seriesOf(corpus, column) : null), [corpus, column]);
  const limit = scaleOf(unit, mine);
  const drives = useMemo(() => unit && corpus && theirs && html`<${Drives} room=${room} corpus=${corpus} unit=${unit} values=${theirs} limit=${limit} />`,
    [unit, corpus, theirs, limit, room.address.show, look.theme, look.present]); // prettier-ignore
  const all = !["drives", "property", "colours"].includes(part);
  const effect = s.effects && s.reader.last ? s.effects[s.unit] : null;
  return html`<div class="watch ${all ? "" : "watch-stop"}">
    ${all && !look.present && html`<${UnitList} room=${room} units=${units} />`}
    <div class="watch-main">
      <h2>Unit ${unitName(s, column)} ${effect !== null && !look.present && html`<small>moves the score here by <${Num} value=${effect} />, ${s.place === 1 ? "most of all" : `place ${s.place} of ${s.reader.hidden}`}</small>`}</h2>
      ${units === undefined && html`<p class="property-says is-none">What the units of this network follow has not been measured. Its colours over your text are below.</p>`}
      ${unit && units && (all || part === "property") && html`<${Property} room=${room} unit=${unit} watched=${units} />`}
      ${own && mine && (all || part === "colours") && html`<${Own} room=${room} own=${own} values=${mine} limit=${limit} />`}
      ${(all || part !== "colours") && drives}
      <${Troubles} room=${room} />
    </div>
  </div>`;
}
