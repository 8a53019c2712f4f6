/**
 * A convolution, taken apart at one place and slid over all of them.
 *
 *     player; strip: the input maps
 *     input map, window on it | patch × kernel = products | output map that fills
 *     waterfall: five largest channels, the others, bias, total;  equation
 */

import { html, useEffect, useMemo, useRef, useState } from "gridtime/lib/html.js";
import { SaveFalls } from "gridtime/components/saveplot.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { factorOn } from "gridtime/math/edits.js";
import { extent, kind } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";
import { axisOf, leftOver } from "gridtime/math/sizes.js";
import { apart, convPlane } from "gridtime/math/slide.js";
import { weightName } from "gridtime/math/sources.js";
import { channelTerms, shownInput, takeApart } from "gridtime/views/cnn/apart.js";
import { InputBoard, OutputBoard, ThreeOrders, channelName } from "gridtime/views/cnn/conv/maps.js";
import { Player } from "gridtime/views/cnn/conv/player.js";
import { Products } from "gridtime/views/cnn/conv/products.js";
import { SPEEDS, still, useSlide, useSlideKeys } from "gridtime/views/cnn/conv/slide.js";
import { SAME } from "gridtime/views/cnn/conv/stops.js";
import { Tables } from "gridtime/views/cnn/conv/tables.js";
import { Equation } from "gridtime/views/cnn/equation.js";
import { inputLimit } from "gridtime/views/cnn/sidemap.js";
import { Strip } from "gridtime/views/cnn/strip.js";
import { Trailing } from "gridtime/components/trailing.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {NonNullable<ReturnType<typeof takeApart>>} Found */
/** @typedef {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} Props */

/** A map is filled on a projector in about this long, in ms. */
const SHOW = 9000;

/** px at root 16: a map alone on a projector (800 at 1080p), beside the arithmetic, on a phone. */
const EDGE = { alone: 533, three: 390, beside: 272, phone: 171 };

/** The whole output map from the input maps and the weights; times what the visitor scaled it by.
 *  @param {Room} room @param {Choice} choice @param {Layer} layer @param {Found} found */
function usePlane(room, choice, layer, { g, input, size }) {
  const weight = room.weights.value?.get(weightName(layer, "weight"));
  const bias = room.weights.value?.get(weightName(layer, "bias"))?.data[choice.channel] ?? 0;
  const factor = factorOn(room.applied?.value ?? [], layer.name, choice.channel);
  const out = useMemo(() => {
    if (!weight) return new Float32Array(0);
    const own = convPlane(g, input.data, size, weight.data, bias, extent(layer), choice.channel);
    return factor === 1 ? own : own.map((v) => v * factor);
  }, [layer, input, weight, bias, factor, choice.channel]);
  return { out, factor };
}

/** The notes that stand where confusion is likely. @param {Found} found */
function notes({ before, cell, g, size }) {
  const count = cell.sums.length;
  const out = [...cell.rows, ...cell.columns].some((place) => place < 0);
  const [rows, columns] = [leftOver(axisOf(g, 0, size.height)), leftOver(axisOf(g, 1, size.width))];
  const [step, spread] = [Math.max(...g.stride), Math.max(...g.dilation)];
  return [
    count > 1 ? `One kernel, ${count} sheets: one per input map.` : "",
    kind(before) === "input" ? "0 is average brightness: the average was subtracted." : "",
    out ? "Outside the picture counts as 0." : "",
    step > 1 ? `Stride ${step}: the window moves ${step} cells at a time.` : "",
    spread > 1 ? `Dilation ${spread}: the taps lie ${spread} cells apart.` : "",
    rows || columns ? "Shaded: border that no window reaches. Not an error." : "",
  ].filter(Boolean);
}

/** What is true of the map that was filled. @param {{out: Float32Array, own: ArrayLike<number>, whole: boolean}} props */
function Proof({ out, own, whole }) {
  const off = useMemo(() => apart(out, own), [out, own]);
  if (!whole) return null;
  return html`<div class="proof" role="status"><p><b>${SAME}</b></p>
    <p class="small">All ${out.length} cells computed on this page from the input maps and the weights.
      Furthest from the network's own: <span class="num" data-value=${off}>${off === 0 ? "0" : off.toExponential(1).replace("-", "−")}</span>.</p></div>`;
}

/** @param {Props & {found: Found, factor: number, own: ArrayLike<number>, out: Float32Array, whole: boolean}} props */
function Sums({ found, factor, own, out, whole }) {
  const { before, cell, value } = found;
  const sums = cell.sums.reduce((a, b) => a + b, 0);
  const total = factor === 1 ? value : cell.total;
  const name = factor === 1 ? "this cell" : "before your change";
  return html`<div class="sums">
    <${Waterfall} terms=${channelTerms(cell, (c) => channelName(before, c))} total=${total} totalLabel=${name} digits=${3} label="Sums of the input channels" />
    <${SaveFalls} name="sums" title=${`Sums of the input channels: ${name}`} terms=${channelTerms(cell, (c) => channelName(before, c))} total=${total} totalLabel=${name} />
    <div class="sums-side">
      <${Equation} digits=${3} total=${total} name=${name} terms=${[
        { label: cell.sums.length === 1 ? "the products" : `${cell.sums.length} channel sums`, value: sums },
        { label: "bias", value: cell.bias }]} />
      ${factor !== 1 && html`<p class="small">Your change multiplies this channel by ${factor}: ${(total * factor).toFixed(3)}.</p>`}
      <${Proof} out=${out} own=${own} whole=${whole} />
      <ul class="notes small">${notes(found).map((note) => html`<li key=${note}>${note}</li>`)}</ul>
    </div>
  </div>`;
}

/** On a projector the window walks by itself, and fast enough to see the end.
 *  @param {import("./conv/slide.js").Slide} slide @param {string} part */
function useShow(slide, part) {
  useEffect(() => {
    if (still() || (part !== "maps" && part !== "order")) return;
    const pace = part === "maps" ? 4 : (slide.count * 600) / SHOW;
    slide.play(SPEEDS.find((speed) => speed >= pace) ?? 256);
  }, [part]);
}

/** The input map on show: the one asked for; else the one that added most where the window first
 *  was, so that it stays while the window moves. @param {Found["cell"]} cell
 *  @param {number|undefined} wanted @param {string} of "": of this very cell */
function useInput(cell, wanted, of) {
  const kept = useRef({ of: "", input: 0 });
  if (!of || kept.current.of !== of) kept.current = { of, input: shownInput(cell, undefined) };
  return shownInput(cell, wanted ?? kept.current.input);
}

/** @param {Props & {found: Found}} props */
function Sliding(props) {
  const { room, run, choice, layer, part, found } = props;
  const { before, g, cell, input: tensor } = found;
  const { out, factor } = usePlane(room, choice, layer, found);
  const slide = useSlide(room, choice.size, choice.cell, `${run.model} ${layer.name} ${choice.channel}`);
  useSlideKeys(slide);
  useShow(slide, part);
  const input = useInput(cell, room.state.value.unit, part === "cells" ? "" : `${layer.name} ${choice.channel}`);
  const range = run.ranges.get(before.name);
  const limit = range ? rangeFor(room.scope.value, range, input, run.network).limit : inputLimit(tensor.data);
  const outRange = run.ranges.get(layer.name);
  const outLimit = outRange ? rangeFor(room.scope.value, outRange, choice.channel, run.network).limit : inputLimit(out);
  const whole = part === "all";
  const maps = part === "maps" || part === "predict";
  const edge = maps ? EDGE.alone : room.wide.value ? EDGE.beside : EDGE.phone;
  const across = extent(before).width + 2 * g.padding[1];
  const after = g.stride[1] === 1 ? (edge * choice.size.width) / across : edge;
  const [table, setTable] = useState("");
  const shown = { room, run, choice, layer, before, g, input, limit, outLimit, out, slide, onTable: setTable };
  const own = plane(/** @type {any} */ (run.tensors.get(layer.name)), choice.channel);
  return html`<div class="conv-cell part-${part}">
    ${whole && html`<${Player} slide=${slide} />`}
    ${whole && cell.sums.length > 1 && kind(before) !== "input" && html`<${Trailing}><${Strip} room=${room} run=${run} layer=${before} first=${cell.first}
      count=${cell.sums.length} chosen=${input} onPick=${(/** @type {number} */ c) => room.patch({ unit: c })} /><//>`}
    ${part === "order" && html`<${ThreeOrders} ...${shown} size=${EDGE.three} />`}
    ${(whole || maps || part === "cells") && html`<div class="arithmetic">
      ${(whole || maps) && html`<${InputBoard} ...${shown} size=${edge} picks=${whole} first=${cell.first} count=${cell.sums.length} />`}
      ${(whole || part === "cells") && html`<${Products} room=${room} before=${before} g=${g} cell=${cell} input=${input} limit=${limit} />`}
      ${(whole || maps) && html`<${OutputBoard} ...${shown} size=${after} picks=${whole} />`}
    </div>`}
    ${whole && html`<${Tables} open=${table} onClose=${() => setTable("")} run=${run} before=${before} input=${input} out=${out} layer=${layer} channel=${choice.channel} />`}
    ${(whole || part === "sums") && html`<${Trailing}><${Sums} ...${props} factor=${factor} out=${out} own=${own}
      whole=${whole && slide.filling && slide.done} /><//>`}
  </div>`;
}

/** @param {Props} props */
export function ConvCellLens(props) {
  const found = takeApart(props.room, props.run, props.choice, props.layer);
  if (!found) return html`<p>Computing…</p>`;
  return html`<${Sliding} ...${props} found=${found} />`;
}
