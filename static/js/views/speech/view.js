/**
 * A spoken word over time: wave, bands, states and belief in columns over one another.
 *
 *     wave   ~~~~/\/\~~~         | answer so far
 *     bands  [32, T]             | what was done
 *     states [12 of H, T]        | voices it never heard
 *     belief in a digit, 0..100 %|
 */
import { html, useMemo, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { TableDialog } from "gridtime/components/table.js";
import { extent } from "gridtime/math/colour.js";
import { statesOf, unitOf, unitsOf } from "gridtime/math/drawnunits.js";
import { number, percent } from "gridtime/math/format.js";
import { picture } from "gridtime/math/sound.js";
import { beliefAt } from "gridtime/math/tworeaders.js";
import { Figures } from "gridtime/views/compare/figures.js";
import { BOX, Plot } from "gridtime/views/compare/picture/plot.js";
import { UnitMap } from "gridtime/views/rnn/unitmap.js";
import { Answer, Done, Voices } from "gridtime/views/speech/answer.js";
import { labelOf, momentSays, stepOf } from "gridtime/views/speech/scene.js";
import { PARTS } from "gridtime/views/speech/walk.js";
import { Wave } from "gridtime/views/speech/wave.js";

/** @typedef {import("gridtime/views/speech/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/hearing.js").Heard} Heard */
/** @typedef {{heard: Heard, room: Room, step: number, last: number}} Row last: the last frame that is drawn */

/** px at root 16: how wide all is, and how high the bands are. @param {Room["look"]} look @param {import("gridtime/views/speech/walk.js").Shown} show */
const sizesOf = ({ present, narrow }, show) =>
  present ? { size: /** @type {const} */ ("present"), width: 1170, bands: show.answer ? 176 : show.states ? 216 : 320 } : narrow ? { size: /** @type {const} */ ("narrow"), width: 358, bands: 128 } : { size: /** @type {const} */ ("wide"), width: 860, bands: 120 };

/** Bands over time, the lowest pitch at the bottom. @param {Row & {box: [number, number]}} props */
function Bands({ heard, room, step, last, box }) {
  const input = heard.tensors.get("input");
  const bands = heard.net.card.preprocessing.bands;
  const values = useMemo(() => input && picture(input.data, bands, last), [input, last]);
  if (!input || !values) return null;
  const row = Math.max(0, Math.min(bands - 1, bands - 1 - (room.address.channel ?? 0)));
  const value = input.data[step * bands + bands - 1 - row];
  return html`<${CanvasMap} values=${values} width=${heard.total} height=${bands} limit=${extent(input.data) || 1} box=${box} chosen=${[row, step]} readout=${false}
    label="Log-mel picture: ${bands} bands of pitch, the lowest at the bottom, against time. Chosen: band ${bands - 1 - row}, after ${momentSays(heard, step)}"
    onChoose=${(/** @type {[number, number]} */ [y, x]) => room.patch({ step: Math.min(x, last), channel: bands - 1 - y })} />
    <p class="heard-says">Band ${bands - row} of ${bands} from below, after ${momentSays(heard, step)}: <span class="num" data-value=${String(value)}>${number(value)}</span>${!room.look.present && html` <${Table} title="Log-mel picture, band by band" make=${() => picture(input.data, bands, last)} width=${heard.total} height=${bands} rowNames=${Array.from({ length: bands }, (_, k) => `band ${bands - k}`)} columnNames=${Array.from({ length: heard.total }, (_, t) => String(t + 1))} />`}</p>`;
}

/** A link that opens the numbers. @param {{title: string, make: () => ArrayLike<number>, width: number, height: number, rowNames: string[], columnNames: string[]}} props */
function Table({ make, ...props }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>${open && html`<${TableDialog} open=${true} onClose=${() => setOpen(false)} values=${make()} ...${props} />`}`;
}

/** States of the units that move the answer most, over time. @param {Row} props */
function States({ heard, room, step, last }) {
  const found = statesOf(heard);
  const units = useMemo(() => (found ? unitsOf(heard, found.reader.hidden) : []), [heard.key]);
  if (!found) return null;
  const { reader, data } = found;
  const unit = unitOf(room.address, units);
  const limit = extent(data) || 1;
  /** @param {number} t @param {number} u */
  const value = (t, u) => data[t * reader.hidden + u];
  return html`<${UnitMap} units=${units} window=${{ start: 0, end: heard.total }} value=${useMemo(() => value, [data])} limit=${() => limit} gate=${false} unit=${unit} step=${step} last=${last}
    label="State h of the ${units.length} units of ${reader.hidden} that move the answer most, against time" says="After ${momentSays(heard, step)}, unit ${unit}: ${number(value(step, unit))}" look=${room.look}
    onChoose=${(/** @type {number} */ t, /** @type {number} */ u) => room.patch({ step: t, unit: u })} onOpen=${() => undefined} />
    <p class="heard-says is-unit">h of unit ${unit}: <span class="num" data-value=${String(value(step, unit))}>${number(value(step, unit))}</span>; ${reader.hidden - units.length} other units are not drawn.${!room.look.present && html` <${Table} title="h of every unit" make=${() => picture(data, reader.hidden, last)} width=${heard.total} height=${reader.hidden} rowNames=${Array.from({ length: reader.hidden }, (_, k) => `unit ${reader.hidden - 1 - k}`)} columnNames=${Array.from({ length: heard.total }, (_, t) => String(t + 1))} />`}</p>`;
}

/** Belief in one digit against time. @param {Row & {label: number, size: "wide" | "narrow" | "present"}} props */
function Belief({ heard, room, step, last, label, size }) {
  const { net, curve, classes } = heard;
  const lines = [{ kind: net.row.kind, name: net.name, now: curve, plain: curve }];
  const name = classes[label];
  return html`<${Plot} lines=${lines} label=${label} name=${name} rows=${curve.rows} at=${step} until=${last} chosen=${net.row.kind} changed=${false} size=${size} of="frames heard" foot="frames heard, ${number(1000 * heard.answer.input.frame.hop, 0)} ms each" onAt=${(/** @type {number} */ t) => room.patch({ step: t })} />
    ${!room.look.present && html`<p class="heard-says is-belief">Belief in ${name} after ${momentSays(heard, step)}: <span class="num" data-value=${String(beliefAt(curve, step, label))}>${percent(beliefAt(curve, step, label))}</span></p><${Figures} lines=${lines} label=${label} name=${name} read="frames" rowNames=${Array.from({ length: heard.total }, (_, t) => String(t + 1))} />`}`;
}

/** @param {{room: Room, heard: Heard, part: string}} props */
export function View({ room, heard, part }) {
  const { address, look } = room;
  const show = PARTS[part] ?? PARTS.all;
  const { size, width, bands } = sizesOf(look, show);
  const box = BOX[size];
  const [left, right] = [box.left, box.right].map((px) => (px / box.width) * width);
  const step = stepOf(address, heard);
  const last = show.cut ? step : heard.total - 1;
  const row = { heard, room, step, last };
  // All rows share the plot's own margins, so that a moment stands over itself.
  const inner = { marginLeft: `${left / 16}rem`, width: `${(width - left - right) / 16}rem` };
  const at = (step + 0.5) / heard.total;
  return html`<div class="heard is-${size} ${show.answer ? "has-answer" : ""}">
    <div class="heard-time" style=${{ width: `${width / 16}rem` }}>
      ${show.wave && html`<div class="heard-row" style=${inner}><${Wave} samples=${heard.sound.wave} at=${at} until=${show.cut ? (step + 1) / heard.total : 1} label="The wave of what is read, ${momentSays(heard, heard.total - 1)} long" /></div>`}
      ${show.bands && html`<div class="heard-row" style=${inner}><${Bands} ...${row} box=${[width - left - right, bands]} /></div>`}
      ${show.states && html`<div class="heard-row heard-states" style=${inner}><${States} ...${row} /></div>`}
      ${show.belief && html`<${Belief} ...${row} label=${labelOf(address, heard)} size=${size} />`}
    </div>
    ${(show.answer || show.voices) && html`<div class="heard-side">
      ${show.answer && html`<${Answer} heard=${heard} step=${step} hidden=${Boolean(show.vote)} brief=${look.present} />`}
      ${!look.present && html`<${Done} heard=${heard} />`}
      ${show.voices && html`<${Voices} figures=${room.store.voices.value} />`}
    </div>`}
  </div>`;
}
