/**
 * The convolution lab: five numbers, and what they do to the size.
 *
 *     fields, notes | formula worked out
 *                   | small picture, padding and window on it | output that fills
 *                   | patch × kernel = products
 */

import { html, useMemo, useState } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { TableDialog } from "gridtime/components/table.js";
import { extent as largest } from "gridtime/math/colour.js";
import { convCell } from "gridtime/math/conv.js";
import { FIRST, format, geometryOf, parse, squares, weightsOf } from "gridtime/math/lab.js";
import { outputSize, shades } from "gridtime/math/sizes.js";
import { convPlane, placeUnder, windowOn } from "gridtime/math/slide.js";
import { moved } from "gridtime/math/step.js";
import { Board } from "gridtime/views/cnn/conv/board.js";
import { cellUnder } from "gridtime/views/cnn/conv/maps.js";
import { Player } from "gridtime/views/cnn/conv/player.js";
import { Products } from "gridtime/views/cnn/conv/products.js";
import { useSlide, useSlideKeys } from "gridtime/views/cnn/conv/slide.js";
import { brightness } from "gridtime/views/cnn/kernel/picture.js";
import { Fields, Formula, Notes } from "gridtime/views/cnn/lab/fields.js";

export { labWalk as walk } from "gridtime/views/cnn/lab/stops.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/lab.js").Lab} Lab */
/** @typedef {[number, number]} Cell */

/** Whole numbers up to this in the input's squares. */
const BRIGHTEST = 9;
/** px at root 16 of a digit on a projector: the numbers of the beat. */
const LETTERS_PRESENT = 27;
const EDGE = { desk: 300, present: 440, phone: 342 };

/** The place in the URL, inside the output. @param {Cell|undefined} wanted @param {number} size @returns {Cell} */
function within(wanted, size) {
  const at = (/** @type {number} */ v) => Math.max(0, Math.min(size - 1, v));
  return [at(wanted?.[0] ?? 0), at(wanted?.[1] ?? 0)];
}

/** @param {Lab} lab @param {Run} run @param {Record<string, any>|undefined} card */
function useNumbers(lab, run, card) {
  const seen = useMemo(() => brightness(run, card), [run, card]);
  return useMemo(() => numbersOf(lab, seen), [seen, format(lab)]);
}

/** @param {Lab} lab @param {ReturnType<typeof brightness>} seen */
function numbersOf(lab, seen) {
  const input = squares(seen.values, seen.height, seen.width, lab.n);
  const g = geometryOf(lab);
  const side = Math.max(0, outputSize(lab));
  const size = { channels: 1, height: lab.n, width: lab.n };
  const weight = weightsOf(lab);
  const out = convPlane(g, input, size, weight, 0, { channels: 1, height: side, width: side }, 0);
  return { input, g, side, size, weight, out };
}

/** @param {{room: Room, lab: Lab, numbers: ReturnType<typeof useNumbers>, part: string}} props */
function Boards({ room, lab, numbers, part }) {
  const { input, g, side, size, weight, out } = numbers;
  const [table, setTable] = useState("");
  const cell = within(room.state.value.cell, side);
  const slide = useSlide(room, { height: side, width: side }, cell, format(lab));
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const next = moved(event, cell, side, side);
    if (next) slide.move(next);
    return Boolean(next);
  };
  useSlideKeys(slide, key);
  const parts = convCell(g, input, size, weight, undefined, 0, ...cell);
  const whole = part === "all";
  const edge = !room.wide.value ? EDGE.phone : whole ? EDGE.desk : EDGE.present;
  const beside = (edge / (lab.n + 2 * lab.p)) * side;
  const look = { theme: room.theme.value, hatch: room.hatch.value, digits: 0, letters: room.present.value ? LETTERS_PRESENT : undefined, beat: slide.playing ? slide.beat : 240 };
  return html`${whole && html`<${Player} slide=${slide} />`}
    <div class="lab-boards">
      <${Board} ...${look} values=${input} width=${lab.n} height=${lab.n} limit=${BRIGHTEST} size=${edge} pad=${g.padding}
        title=${`input ${lab.n} × ${lab.n}${lab.p ? `, padding ${lab.p}` : ""}`} window=${windowOn(g, cell)} taps=${g.kernel} dilation=${g.dilation}
        shades=${shades(lab, lab)} onKey=${key} onTable=${whole ? () => setTable("in") : undefined}
        label=${`Input, ${lab.n} by ${lab.n} numbers. Drag, or use the arrow keys, to move the window.`}
        onPoint=${(/** @type {Cell} */ point) => slide.move(placeUnder(g, { height: side, width: side }, point))} />
      ${whole && html`<${Products} room=${room} g=${g} cell=${parts} input=${0} limit=${BRIGHTEST} digits=${0} />`}
      ${part !== "predict" && html`<${Board} ...${look} values=${out} width=${side} height=${side} limit=${largest(out)} size=${Math.max(40, Math.min(edge, beside))}
        title=${`output ${side} × ${side}`} mask=${slide.mask} chosen=${cell} onKey=${key} onTable=${whole ? () => setTable("out") : undefined}
        label=${`Output, ${side} by ${side} numbers, ${slide.filled} computed. Arrow keys move the cell.`}
        onPoint=${(/** @type {Cell} */ point) => slide.move(cellUnder(point, { height: side, width: side }))} />`}
    </div>
    <${TableDialog} open=${table === "in"} title="Input" onClose=${() => setTable("")} values=${input} width=${lab.n} height=${lab.n} />
    <${TableDialog} open=${table === "out"} title="Output" onClose=${() => setTable("")} values=${out} width=${side} height=${side} />`;
}

/** @param {{room: Room, run: Run, part: string}} props */
export function View({ room, run, part }) {
  const lab = parse(room.state.value.lab);
  const numbers = useNumbers(lab, run, room.net.value?.card);
  /** @param {Partial<Lab>} change */
  const set = (change) => {
    const next = format({ ...lab, ...change });
    room.patch({ lab: next === format(FIRST) ? undefined : next, step: undefined, cell: undefined });
  };
  const whole = part === "all";
  return html`<div class="lab part-${part}">
    ${whole && html`<div class="lab-side"><${Fields} lab=${lab} set=${set} />${room.wide.value && html`<${Notes} lab=${lab} />`}</div>`}
    <div class="lab-stage">
      ${part !== "predict" && html`<${Formula} lab=${lab} />`}
      ${numbers.side > 0 && html`<${Boards} room=${room} lab=${lab} numbers=${numbers} part=${part} />`}
      ${(whole ? !room.wide.value : numbers.side < 1) && html`<${Notes} lab=${lab} />`}
    </div>
  </div>`;
}

/** @param {Room} room @param {Run} run the scales on screen: the input's and the output's */
export function legend(room, run) {
  const lab = parse(room.state.value.lab);
  const { out, weight } = numbersOf(lab, brightness(run, room.net.value?.card));
  return html`<div class="legends"><${Legend} key="in" limit=${BRIGHTEST} from=${0} label="input" scope="0 dark, 9 bright" />
    ${out.length > 0 && html`<${Legend} key="out" limit=${largest(out)} label="output" scope="this map" />`}
    <${Legend} key="weights" kind="weight" limit=${largest(weight)} label="weights" scope="this kernel" /></div>`;
}

/** @param {Room} room @returns {string} the foot's sentence */
export function caption(room) {
  const lab = parse(room.state.value.lab);
  const size = outputSize(lab);
  return size < 1 ? "The window does not fit." : `${lab.n} × ${lab.n} numbers in, ${size} × ${size} out: your picture in squares, 0 dark to 9 bright.`;
}
