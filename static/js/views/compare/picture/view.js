/**
 * Picture: one digit, read at once by one network and row by row by another.
 *
 *     maps at once | the picture, rows shown | states by rows
 *     belief in one class against rows        | changes, and who changes
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Trouble } from "gridtime/components/trouble.js";
import { plural } from "gridtime/math/format.js";
import { soFarSays } from "gridtime/math/tworeaders.js";
import { doubtsSay } from "gridtime/math/unusual.js";
import { Figures } from "gridtime/views/compare/figures.js";
import { AtOnce, edgeIn } from "gridtime/views/compare/picture/maps.js";
import { Answer, Waiting, restarts } from "gridtime/views/compare/picture/answers.js";
import { Changes, Rows } from "gridtime/views/compare/picture/controls.js";
import { Legends, MapsLegend, StatesLegend } from "gridtime/views/compare/picture/legends.js";
import { Plot } from "gridtime/views/compare/picture/plot.js";
import { Picker, Seen, usePicking } from "gridtime/views/compare/picture/source.js";
import { InLine } from "gridtime/views/compare/picture/states.js";
import { labelOf, linesOf, rowsOf, saysOf } from "gridtime/views/compare/picture/scene.js";
import { PARTS } from "gridtime/views/compare/picture/walk.js";

export { walk } from "gridtime/views/compare/picture/walk.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */
/** @typedef {import("gridtime/stores/tworeaders.js").TwoReaders} Store */

/** @param {Room} room */
export function caption(room) {
  const pair = room.stores.readers.pair.value;
  return pair ? restarts(pair) : "One digit, read at once and row by row.";
}

/** @param {Room} room */
export function legend({ stores }) {
  const pair = stores.readers.pair.value;
  return pair && html`<${Legends} pair=${pair} />`;
}

/** @param {() => Room} room */
export function keys(room) {
  /** @param {number} by */
  const step = (by) => () => {
    const pair = room().stores.readers.pair.peek();
    if (!pair) return;
    const to = Math.max(0, Math.min(pair.size, rowsOf(room().address, pair) + by));
    room().patch({ rows: to === pair.size ? undefined : to });
  };
  const all = { ArrowDown: step(1), ArrowUp: step(-1), "Shift+ArrowDown": step(8), "Shift+ArrowUp": step(-8), c: other(room, 1), "Shift+c": other(room, -1) };
  return { keys: all, description: { ArrowDown: "one row more", ArrowUp: "one row less", "Shift+ArrowDown": "8 rows more", "Shift+ArrowUp": "8 rows less", c: "next class", "Shift+c": "previous class" } };
}

/** @param {() => Room} room @param {number} by */
const other = (room, by) => () => {
  const pair = room().stores.readers.pair.peek();
  if (!pair) return;
  const n = pair.classes.length;
  room().patch({ class: pair.classes[(labelOf(room().address, pair) + by + n) % n] });
};

/** The address names a picture and what is changed; the store reads it. @param {Room} room @param {Blob | undefined} drawing */
function useWish({ address, stores }, drawing) {
  const { model, sample, picture, turn, shift, noise, range, rows } = address;
  const wish = JSON.stringify([model, sample, picture, turn, shift, noise, range, rows]);
  useEffect(() => {
    stores.readers.want({ model, sample, picture, drawing, rows, changes: { turn, shift, noise, range } });
  }, [wish, drawing]);
}

/** @param {{room: Room, pair: Pair, label: number, onOpen: () => void, open: boolean}} props */
function Head({ room, pair, label, onOpen, open }) {
  const lines = room.stores.readers.nets.value?.lines ?? [];
  return html`<div class="compare-head">
    <button type="button" class="button" aria-expanded=${open} onClick=${onOpen}>New picture</button>
    <label class="field">Row by row <select value=${pair.line.row.id} onChange=${(/** @type {any} */ e) => room.patch({ model: e.target.value, unit: undefined })}>
      ${lines.map(({ row, name }) => html`<option key=${row.id} value=${row.id}>${name}</option>`)}</select></label>
    <label class="field">Belief in <select value=${pair.classes[label]} onChange=${(/** @type {any} */ e) => room.patch({ class: e.target.value })}>
      ${pair.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
    <p class="small">${pair.done[pair.done.length - 1]}</p>
  </div>`;
}

/** @param {Pair} pair */
const doubtsOf = ({ line, atOnce, judged }) => doubtsSay([{ name: atOnce.name, judged: judged.atOnce }, { name: line.name, judged: judged.line }], "pictures");

/** The picture on a projector, by stop: alone it is larger, over its states' names smaller. @type {Record<string, number>} */
const EDGES = { one: 480, states: 344 };

/** px at root 16: the picture, a side's width, a map. @param {Room["look"]} look @param {Pair} pair @param {string} part */
function sizesOf({ present, narrow }, pair, part) {
  if (present) return { edge: EDGES[part] ?? 392, side: 760, map: edgeIn(pair, 790, 420) };
  return narrow ? { edge: 224, side: 352, map: 40 } : { edge: 224, side: 552, map: 31 };
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const [drawing, draw] = useState(/** @type {Blob | undefined} */ (undefined));
  const [open, setOpen] = useState(false);
  const { readers: store } = room.stores;
  useWish(room, drawing);
  const pick = usePicking(room, draw);
  const pair = store.pair.value;
  const state = html`${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}<${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />`;
  if (!pair) return html`<div class="picture-two">${state}</div>`;
  const { look, address } = room;
  const label = labelOf(address, pair);
  const rows = rowsOf(address, pair);
  const show = PARTS[part] ?? PARTS.all;
  const sizes = sizesOf(look, pair, part);
  const lines = linesOf(pair);
  const net = store.nets.value?.atOnce;
  const maps = store.maps.value ?? pair.whole;
  /** @param {number} k */
  const at = (k) => room.patch({ rows: k === pair.size ? undefined : k });
  return html`<div class="picture-two ${look.present ? `is-${part}` : ""}" data-key=${pair.key} data-rows=${maps.rows}>
    ${!look.present && html`<${Head} room=${room} pair=${pair} label=${label} open=${open} onOpen=${() => setOpen(!open)} />
      <${Picker} open=${open} pair=${pair} samples=${net?.samples ?? []} drawing=${net?.card.preprocessing.mode === "digit"} onPick=${pick} onClose=${() => setOpen(false)} />`}
    ${state}
    ${show.maps && html`<section class="two-left" aria-label="At once: ${pair.atOnce.row.title}">
      <header><h2>At once: ${pair.atOnce.name}</h2><${Waiting} pair=${pair} rows=${rows} of="atOnce" /></header>
      ${show.answers && html`<${Answer} line=${lines[0]} classes=${pair.classes} rows=${rows} hidden=${Boolean(show.vote)} />`}
      ${show.maps === true && html`<div><${AtOnce} pair=${pair} maps=${maps} edge=${sizes.map} width=${sizes.side} bare=${look.present} />${look.present && html`<${MapsLegend} pair=${pair} />`}</div>`}</section>`}
    ${show.picture && html`<section class="two-middle" aria-label="The picture">
      <${Seen} pair=${pair} rows=${rows} edge=${sizes.edge} /><${Rows} room=${room} rows=${rows} size=${pair.size} /></section>`}
    ${show.states && html`<section class="two-right" aria-label="Row by row: ${pair.line.row.title}">
      <header><h2>Row by row: ${pair.line.name}</h2><${Waiting} pair=${pair} rows=${rows} of="line" /></header>
      ${show.answers && html`<${Answer} line=${lines[1]} classes=${pair.classes} rows=${rows} hidden=${Boolean(show.vote)} />`}
      ${show.states === true && html`<div><${InLine} pair=${pair} rows=${rows} unit=${address.unit} box=${[sizes.side, sizes.edge]} bare=${look.present} onChoose=${(/** @type {number} */ k, /** @type {number} */ unit) => room.patch({ unit, rows: k === pair.size ? undefined : k })} />${look.present && html`<${StatesLegend} pair=${pair} />`}</div>`}</section>`}
    ${show.plot && html`<section class="two-belief" aria-label="Belief against rows">
      <h2>Belief in ${pair.classes[label]}</h2>
      <${Plot} lines=${lines} label=${label} name=${pair.classes[label]} rows=${pair.size} at=${rows} until=${show.vote ? rows : pair.size} chosen=${lines[1].kind} changed=${pair.changed}
        size=${look.present ? (show.picture ? "side" : "present") : look.narrow ? "narrow" : "wide"} onAt=${at} />
      ${!(look.present && show.says) && html`<p class="belief-readout" role="status">${soFarSays(lines, pair.classes, label, rows)}</p>`}
      ${!look.present && html`<${Figures} lines=${lines} label=${label} name=${pair.classes[label]} read="rows" rowNames=${Array.from({ length: pair.size + 1 }, (_, k) => plural(k, "row"))} />`}</section>`}
    ${show.says && html`<section class="two-says" aria-label="What changes">
      ${!look.present && html`<${Changes} room=${room} size=${pair.size} changed=${pair.changed} />`}
      <p class="two-verdict" role="status">${saysOf(pair, label)}</p>${doubtsOf(pair).map((text) => html`<p key=${text} class="small">${text} Do not trust this answer.</p>`)}</section>`}
  </div>`;
}
