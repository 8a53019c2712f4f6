/**
 * A clip over time, in columns over one another: frames, one channel of the CNN, features, states.
 */
import { html, useMemo, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Switch } from "gridtime/components/switch.js";
import { TableDialog } from "gridtime/components/table.js";
import { mosaic } from "gridtime/math/clip.js";
import { extent } from "gridtime/math/colour.js";
import { statesOf, unitOf, unitsOf } from "gridtime/math/drawnunits.js";
import { number } from "gridtime/math/format.js";
import { featuresOf } from "gridtime/math/looking.js";
import { UnitMap } from "gridtime/views/rnn/unitmap.js";
import { frameSays, mapsAt, signalsOf } from "gridtime/views/video/scene.js";
import { Tiles } from "gridtime/views/video/tiles.js";

/** @typedef {import("gridtime/views/video/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/watching.js").Seen} Seen */
/** @typedef {{seen: Seen, room: Room, step: number, last: number, width: number}} Row last: the last frame that is drawn; width: px at root 16 */

/** A link that opens the numbers. @param {{title: string, values: ArrayLike<number>, width: number, height: number, rowNames: string[], columnNames: string[]}} props */
function Table(props) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>${open && html`<${TableDialog} open=${true} onClose=${() => setOpen(false)} ...${props} />`}`;
}

/** @param {number} count @param {string} [word] */
const names = (count, word = "") => Array.from({ length: count }, (_, k) => `${word}${k + 1}`);

/** [T, F] turned on its side: a row a feature. @param {Float32Array} data @param {number} size @param {number} total */
const sideways = (data, size, total) => Float32Array.from({ length: size * total }, (_, i) => data[(i % total) * size + Math.floor(i / total)]);

/** The frames as the network gets them. @param {Row & {columns: number}} props */
export function Strip({ seen, room, step, last, width, columns }) {
  const input = seen.tensors.get("input");
  const found = useMemo(() => {
    if (!input) return null;
    const [total, planes, h, w] = /** @type {number[]} */ (input.shape);
    const limit = extent(input.data) || 1;
    const shown = mosaic(input.data, Array.from({ length: total }, (_, t) => t * planes * h * w), h, w, columns);
    return { h, w, values: shown.map((v) => (255 * v) / limit) };
  }, [input, columns]);
  if (!found) return null;
  const { h, w, values } = found;
  const edge = width / columns;
  return html`<${Tiles} values=${values} count=${seen.total} height=${h} width=${w} columns=${columns} box=${[width, Math.ceil(seen.total / columns) * edge * (h / w)]} kind="grey" chosen=${step} until=${last}
    label="The frames as the network gets them, ${frameSays(seen, step)} chosen" onChoose=${(/** @type {number} */ t) => room.patch({ step: t })} />`;
}

/** One channel of the CNN in every frame. @param {Row} props */
export function Channel({ seen, room, step, last, width }) {
  const found = mapsAt(room.address, seen);
  const values = useMemo(() => {
    if (!found) return [];
    const { maps, data, area, channel } = found;
    return mosaic(data, Array.from({ length: seen.total }, (_, t) => (t * maps.channels + channel) * area), maps.height, maps.width, seen.total);
  }, [found?.data, found?.channel]);
  if (!found) return null;
  const { maps, data, channel } = found;
  const edge = width / seen.total;
  return html`<${Tiles} values=${values} count=${seen.total} height=${maps.height} width=${maps.width} columns=${seen.total} box=${[width, edge * (maps.height / maps.width)]} limit=${extent(data) || 1} chosen=${step} until=${last}
    label="Map ${channel + 1} of ${maps.channels} of ${maps.from} in every frame, ${frameSays(seen, step)} chosen" onChoose=${(/** @type {number} */ t) => room.patch({ step: t })} />`;
}

/** All maps of one frame; one is chosen. @param {{seen: Seen, room: Room, step: number, edge: number, columns: number}} props */
export function Wall({ seen, room, step, edge, columns }) {
  const found = mapsAt(room.address, seen);
  const values = useMemo(() => {
    if (!found) return [];
    const { maps, data, area } = found;
    return mosaic(data, Array.from({ length: maps.channels }, (_, c) => (step * maps.channels + c) * area), maps.height, maps.width, columns);
  }, [found?.data, step, columns]);
  if (!found) return null;
  const { all, maps, data, area, channel } = found;
  const rows = Math.ceil(maps.channels / columns);
  const first = (step * maps.channels + channel) * area;
  const most = data.subarray(first, first + area).reduce((a, b) => Math.max(a, b), -Infinity);
  return html`<div class="clip-wall">
    <${Switch} name="Layer" options=${all.map(({ name, from, channels }) => ({ id: name, text: `${from} · ${channels}` }))} chosen=${maps.name} onPick=${(/** @type {string} */ layer) => room.patch({ layer, channel: undefined })} />
    <${Tiles} values=${values} count=${maps.channels} height=${maps.height} width=${maps.width} columns=${columns} box=${[edge * columns, edge * rows * (maps.height / maps.width)]} limit=${extent(data) || 1} chosen=${channel}
      label="All ${maps.channels} maps of ${maps.from} for ${frameSays(seen, step)}, map ${channel + 1} chosen" onChoose=${(/** @type {number} */ n) => room.patch({ channel: n, layer: maps.name })} />
    <p class="clip-says">Map ${channel + 1}, ${frameSays(seen, step)}: at most <span class="num" data-value=${String(most)}>${number(most)}</span></p>
  </div>`;
}

/** What the recurrent layer reads of each frame. @param {Row & {high: number}} props */
export function Features({ seen, room, step, width, high }) {
  const features = featuresOf(seen.net.graph);
  const tensor = features && seen.tensors.get(features.name);
  const values = useMemo(() => tensor && features && sideways(/** @type {Float32Array} */ (tensor.data), features.size, seen.total), [tensor]);
  if (!features || !tensor || !values) return null;
  const { data } = tensor;
  const row = Math.max(0, Math.min(features.size - 1, room.address.rows ?? 0));
  const value = data[step * features.size + row];
  return html`<${CanvasMap} values=${values} width=${seen.total} height=${features.size} limit=${extent(data) || 1} box=${[width, high]} chosen=${[row, step]} readout=${false}
      label="${features.size} features of each frame, against frames. Chosen: feature ${row + 1}, ${frameSays(seen, step)}" onChoose=${(/** @type {[number, number]} */ [y, x]) => room.patch({ step: x, rows: y })} />
    <p class="clip-says">Feature ${row + 1} of ${features.size}, ${frameSays(seen, step)}: <span class="num" data-value=${String(value)}>${number(value)}</span>${!room.look.present && html` <${Table} title="Features of every frame" values=${values} width=${seen.total} height=${features.size} rowNames=${names(features.size, "feature ")} columnNames=${names(seen.total)} />`}</p>`;
}

/** States or gates of the units that move the answer most. @param {Row} props */
export function States({ seen, room, step, last }) {
  const found = statesOf(seen, room.address.signal);
  const units = useMemo(() => (found ? unitsOf(seen, found.reader.hidden) : []), [seen.key]);
  if (!found) return null;
  const { reader, signal, data } = found;
  const unit = unitOf(room.address, units);
  const limit = extent(data) || 1;
  /** @param {number} t @param {number} u */
  const value = (t, u) => data[t * reader.hidden + u];
  const now = value(step, unit);
  return html`<${UnitMap} units=${units} window=${{ start: 0, end: seen.total }} value=${useMemo(() => value, [data])} limit=${() => limit} gate=${signal.form === "gate"} unit=${unit} step=${step} last=${last}
      label="${signal.name} of ${units.length} units of ${reader.hidden}, against frames" says="After ${frameSays(seen, step)}, unit ${unit}: ${number(now)}" look=${room.look}
      onChoose=${(/** @type {number} */ t, /** @type {number} */ u) => room.patch({ step: t, unit: u })} onOpen=${() => undefined} />
    <div class="clip-under"><p class="clip-says is-unit">${signal.name} of unit ${unit}, ${frameSays(seen, step)}: <span class="num" data-value=${String(now)}>${number(now)}</span>; ${reader.hidden - units.length} others not drawn.${!room.look.present && html` <${Table} title="${signal.name} of every unit" values=${sideways(data, reader.hidden, seen.total)} width=${seen.total} height=${reader.hidden} rowNames=${Array.from({ length: reader.hidden }, (_, k) => `unit ${k}`)} columnNames=${names(seen.total)} />`}</p>${!room.look.present && html`<${SignalSwitch} seen=${seen} room=${room} />`}</div>`;
}

/** Which signal of the recurrent layer is drawn. @param {{seen: Seen, room: Room}} props */
function SignalSwitch({ seen, room }) {
  const options = signalsOf(seen).map(({ id, name }) => ({ id, text: id, title: `${id}: ${name}` }));
  const found = statesOf(seen, room.address.signal);
  return options.length > 1 && found ? html`<${Switch} name="State or gate" options=${options} chosen=${found.signal.id} onPick=${(/** @type {string} */ id) => room.patch({ signal: id })} />` : null;
}
