/**
 * One thick line among grey ones: h of every unit over the words on screen, the range shaded.
 */
import { html, useMemo, useRef, useState } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { TableDialog } from "gridtime/components/table.js";
import { useSize } from "gridtime/components/size.js";
import { unitName } from "gridtime/views/rnn/watching.js";

/** @typedef {import("gridtime/views/rnn/find/view.js").Pattern} Pattern */
/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** Lines drawn behind the units that are on: beyond this many they are one grey. */
const GREY = 160;

/** More units on than this: thinner, or they would hide each other and the thick one. */
const MANY = 20;

/**
 * @param {Pattern["own"]} own @param {number} column @param {{start: number, end: number}} window
 * @param {(t: number) => number} x @param {(v: number) => number} y
 */
function path({ h, hidden }, column, { start, end }, x, y) {
  let d = "";
  for (let t = start; t < end; t += 1) d += `${d ? "L" : "M"}${x(t).toFixed(1)},${y(h[t * hidden + column]).toFixed(1)}`;
  return d;
}

/** The numbers behind the lines. @param {{room: Room, pattern: Pattern}} props */
function Table({ room: { s }, pattern: { own } }) {
  const [open, setOpen] = useState(false);
  const { start, end } = s.window;
  const width = end - start;
  const values = open ? Float32Array.from({ length: width * own.hidden }, (_, k) => own.h[(start + (k % width)) * own.hidden + Math.floor(k / width)]) : [];
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
    <${TableDialog} open=${open} title="Hidden state h of every unit" onClose=${() => setOpen(false)} values=${values} width=${width} height=${own.hidden}
      columnNames=${own.pieces.slice(start, end).map((piece, k) => `${start + k + 1} ${piece.text}`)} rowNames=${Array.from({ length: own.hidden }, (_, c) => `unit ${unitName(s, c)}`)} />`;
}

/** @param {{room: Room, pattern: Pattern, chosen: number}} props */
export function Lines({ room, pattern, chosen }) {
  const { s, look } = room;
  const { own, range, level, positive, on } = pattern;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const { width, height } = useSize(box, [look.present, look.narrow]);
  const { start, end } = s.window;
  const step = width / (end - start);
  const x = (/** @type {number} */ t) => (t - start + 0.5) * step;
  const y = (/** @type {number} */ v) => 4 + (height - 8) * (0.5 - v / 2);
  const grey = useMemo(() => (width ? Array.from({ length: Math.min(GREY, own.hidden) }, (_, c) => html`<path key=${c} class="find-other" d=${path(own, c, { start, end }, x, y)} />`) : []), [own, start, end, width, height]);
  const dark = useMemo(() => (width ? on.map(({ unit }) => html`<path key=${unit} class="find-on" d=${path(own, unit, { start, end }, x, y)} />`) : []), [own, on, start, end, width, height]);
  const value = own.h[s.step * own.hidden + chosen];
  const [from, to] = [Math.max(start, range[0]), Math.min(end, range[1] + 1)];
  const bounds = positive ? [level] : [level, -level];
  const rows = () => [["word", ...on.map(({ unit }) => `unit ${unitName(s, unit)}`)], ...own.pieces.map((piece, t) => [piece.text, ...on.map(({ unit }) => own.h[t * own.hidden + unit])])];
  return html`<div class="find-plot">
    <div class="find-lines" ref=${box}>${width > 0 && html`<svg width=${width} height=${height} role="img" aria-label="Hidden state of ${own.hidden} units over the words; ${on.length} are on through the range">
      ${to > from && html`<rect class="find-shade" x=${(from - start) * step} width=${(to - from) * step} y="0" height=${height} />`}
      <line class="find-zero" x1="0" x2=${width} y1=${y(0)} y2=${y(0)} />
      ${grey}<g class=${on.length > MANY ? "find-many" : ""}>${dark}</g>
      ${bounds.map((v) => html`<line key=${v} class="find-level" x1="0" x2=${width} y1=${y(v)} y2=${y(v)} />`)}
      <path class="find-thick" d=${path(own, chosen, { start, end }, x, y)} />
      ${s.step >= start && s.step < end && html`<circle class="find-dot" cx=${x(s.step)} cy=${y(value)} r=${look.present ? 9 : 5} />`}
      <text class="find-axis" x="4" y="14">1</text><text class="find-axis" x="4" y=${height - 4}>−1</text>
    </svg>`}</div>
    <p class="find-readout" role="status">Unit ${unitName(s, chosen)} at “<bdi>${own.pieces[s.step].text}</bdi>”: <b><${Num} value=${value} /></b>
      ${!look.present && html` <${Table} room=${room} pattern=${pattern} /> <${SavePlot} name="units-on" label="the lines" rows=${rows} />`}</p>
  </div>`;
}
