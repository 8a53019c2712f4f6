/**
 * The two maps of a convolution, the input under its window and the output that it fills, and the
 * three orders of filling on one clock.
 *
 *     input plane, padding ring, window  |  output plane computed here, cover over what is not yet
 */

import { html, useMemo, steady } from "gridtime/lib/html.js";
import { count as counted } from "gridtime/math/format.js";
import { extent, kind } from "gridtime/math/groups.js";
import { plane, strongestMap } from "gridtime/math/maps.js";
import { axisOf, shades } from "gridtime/math/sizes.js";
import { filledBy, orderName, placeUnder, windowOn } from "gridtime/math/slide.js";
import { moved } from "gridtime/math/step.js";
import { Board } from "gridtime/views/cnn/conv/board.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("./slide.js").Slide} Slide */
/** @typedef {import("gridtime/math/conv.js").Geometry} Geometry */
/** @typedef {[number, number]} Cell */
/**
 * @typedef {object} Shown
 * @property {Room} room @property {Run} run @property {Choice} choice @property {Layer} layer
 * @property {Layer} before @property {Geometry} g @property {number} input channel of the layer before
 * @property {number} limit of the input's scale @property {number} outLimit
 * @property {Float32Array} out the output map, computed here @property {Slide} slide
 * @property {(which: "in"|"out") => void} onTable
 */

const COLOURS = ["red", "green", "blue"];

/** @param {Layer} before @param {number} channel @returns {string} a colour plane has a name */
export function channelName(before, channel) {
  const colours = kind(before) === "input" && extent(before).channels === COLOURS.length;
  return colours ? (COLOURS[channel] ?? "") : `channel ${channel}`;
}

/** A colour plane of the network's input as grey bytes: the normalisation undone.
 *  @param {Float32Array|Uint8Array} values @param {Record<string, any>|undefined} card @param {number} channel */
function greyOf(values, card, channel) {
  const { mean = [], std = [] } = card?.preprocessing ?? {};
  const [m, s] = [mean[channel] ?? 0, std[channel] ?? 1];
  return Uint8ClampedArray.from(values, (v) => (v * s + m) * 255);
}

/** @param {{value: number, names: string[], first?: number, label: string, onPick: (at: number) => void}} props */
const Select = ({ value, names, first = 0, label, onPick }) =>
  html`<select class="pick" aria-label=${label} value=${String(value)} onChange=${(/** @type {any} */ e) => onPick(Number(e.target.value))}>
    ${names.map((name, i) => html`<option key=${i} value=${String(first + i)}>${name}</option>`)}
  </select>`;

const Pick = steady(Select);

/** Arrow keys move the window by places of the output. @param {Shown} shown */
const keys = ({ slide, choice }) => (/** @type {KeyboardEvent} */ event) => {
  const next = moved(event, choice.cell, choice.size.width, choice.size.height);
  if (next) slide.move(next);
  return Boolean(next);
};

/** @param {Shown & {size: number, picks: boolean, first: number, count: number}} props */
export function InputBoard(props) {
  const { room, run, choice, before, g, input, limit, slide, size, picks, first, count } = props;
  const tensor = run.tensors.get(before.name);
  const { width, height } = extent(before);
  const values = useMemo(() => plane(/** @type {any} */ (tensor), input), [tensor, input]);
  const raw = kind(before) === "input";
  const card = room.net.value?.card;
  const drawn = useMemo(() => (raw ? greyOf(values, card, input) : values), [values, card, raw]);
  const unread = useMemo(() => shades(axisOf(g, 0, height), axisOf(g, 1, width)), [before, g.stride.join(), g.kernel.join()]);
  const names = Array.from({ length: count }, (_, i) => channelName(before, first + i).replace("channel ", ""));
  const title = picks && count > 1
    ? html`in: ${before.name}${raw ? "" : ", channel"} <${Pick} label="Input map" value=${input} first=${first}
        names=${names} onPick=${(/** @type {number} */ c) => room.patch({ unit: c })} />`
    : `in: ${before.name}, ${channelName(before, input)}`;
  return html`<${Board} name="board-in" title=${title} values=${values} drawn=${drawn} kind=${raw ? "grey" : "activation"}
    width=${width} height=${height} limit=${limit} size=${size} pad=${g.padding} shades=${unread}
    window=${windowOn(g, choice.cell)} taps=${g.kernel} dilation=${g.dilation} beat=${slide.playing ? slide.beat : 240}
    theme=${room.theme.value} hatch=${room.hatch.value} onKey=${keys(props)} onTable=${picks ? () => props.onTable("in") : undefined}
    label=${`Input map: ${before.name}, ${channelName(before, input)}. Drag, or use the arrow keys, to move the window.`}
    onPoint=${(/** @type {Cell} */ p) => slide.move(placeUnder(g, choice.size, p))} />`;
}

/** Another layer, another channel: the window starts anew. @param {Room} room
 *  @param {Layer} layer @param {number} channel */
function goTo(room, layer, channel) {
  room.patch({ layer: layer.name, channel, unit: undefined, cell: undefined, step: undefined });
}

/** The cell at a point of the output, also where a drag has left it.
 *  @param {Cell} point @param {{height: number, width: number}} size @returns {Cell} */
export function cellUnder([y, x], { height, width }) {
  const held = (/** @type {number} */ v, /** @type {number} */ n) => Math.max(0, Math.min(n - 1, Math.floor(v)));
  return [held(y, height), held(x, width)];
}

/** @param {Shown & {size: number, picks: boolean}} props */
export function OutputBoard(props) {
  const { room, run, choice, layer, out, outLimit, slide, size, picks } = props;
  const convs = run.graph.filter((l) => kind(l) === "conv");
  /** @param {number} at */
  const layerTo = (at) => {
    const next = convs[at];
    const range = next && run.ranges.get(next.name);
    if (next && range) goTo(room, next, strongestMap(range));
  };
  const title = picks
    ? html`out: <${Pick} label="Convolution" value=${convs.indexOf(layer)} names=${convs.map((l) => l.name)} onPick=${layerTo} />
      <span class="pick-word">channel</span> <${Pick} label="Output channel" value=${choice.channel}
        names=${Array.from({ length: choice.size.channels }, (_, i) => String(i))}
        onPick=${(/** @type {number} */ c) => goTo(room, layer, c)} />`
    : `out: ${layer.name}, channel ${choice.channel}`;
  return html`<${Board} name="board-out" title=${title} values=${out} mask=${slide.mask}
    width=${choice.size.width} height=${choice.size.height} limit=${outLimit} size=${size} chosen=${choice.cell}
    beat=${slide.playing ? slide.beat : 240} theme=${room.theme.value} hatch=${room.hatch.value} onKey=${keys(props)} onTable=${picks ? () => props.onTable("out") : undefined}
    label=${`Output map: ${layer.name}, channel ${choice.channel}, ${slide.filled} of ${slide.count} places computed. Arrow keys move the cell.`}
    onPoint=${(/** @type {Cell} */ point) => slide.move(cellUnder(point, choice.size))} />`;
}

/** Three orders on one clock: after as many turns, the same number of places; at the end one map.
 *  @param {Shown & {size: number}} props */
export function ThreeOrders(props) {
  const { room, choice, layer, out, outLimit, slide, size } = props;
  const { count, mask } = slide;
  const rank = mask ? (room.state.value.step ?? 0) : count - 1;
  const masks = { rows: mask && filledBy("rows", rank, count), any: mask, all: mask && filledBy("all", rank, count) };
  return html`<div class="three-orders">
    ${Object.entries(masks).map(([order, cover]) => {
      const filled = cover ? cover.reduce((n, one) => n + one, 0) : count;
      return html`<div key=${order}><${Board} name="board-out" title=${orderName(/** @type {any} */ (order))} values=${out}
        mask=${filled === count ? null : cover} width=${choice.size.width} height=${choice.size.height} limit=${outLimit} size=${size}
        theme=${room.theme.value} hatch=${room.hatch.value} label=${`${layer.name}, channel ${choice.channel}, ${orderName(/** @type {any} */ (order))}: ${filled} of ${count} places`} />
        <p class="focus">${counted(filled)} of ${counted(count)}</p></div>`;
    })}
  </div>`;
}
