/**
 * Your own kernel: edit it, see what it makes of the picture, put it into the network.
 *
 *     the picture, one plane | kernel, a field a value | the result, at once
 *     where it goes | map learned, map now | every class before and now
 */

import { html, useMemo } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { extent as largest } from "gridtime/math/colour.js";
import { put } from "gridtime/math/edits.js";
import { byName, source } from "gridtime/math/groups.js";
import { SAYS, format, rowsOf } from "gridtime/math/kernels.js";
import { placeUnder, windowOn } from "gridtime/math/slide.js";
import { moved } from "gridtime/math/step.js";
import { Board } from "gridtime/views/cnn/conv/board.js";
import { Outcome, Where } from "gridtime/views/cnn/kernel/inside.js";
import { learnedOf, modelOf, resultOf } from "gridtime/views/cnn/kernel/model.js";
import { brightness } from "gridtime/views/cnn/kernel/picture.js";
import { Presets, Taps, sumSays } from "gridtime/views/cnn/kernel/taps.js";

export { kernelWalk as walk } from "gridtime/views/cnn/kernel/stops.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {[number, number]} Cell */

const EDGE = { desk: 320, present: 500, phone: 171 };

/** @param {number} channels @returns {string} */
const planeSays = (channels) => (channels > 1 ? `your picture, the mean of its ${channels} colours` : "your picture, as the network gets it");

/** New values: in the URL, and in the network where they are inside already.
 *  @param {Room} room @param {Model} model @param {number[]} values */
function setValues(room, model, values) {
  room.patch({ kernel: format(values, model.size) });
  if (!model.inside) return;
  room.edit(put(room.edits.peek(), { ...model.inside, values: rowsOf(values, model.size) }), { along: "kernel" });
}

/** @param {{room: Room, run: Run, model: Model, part: string}} props */
function Picture({ room, run, model, part }) {
  const { values, size } = model;
  const plain = room.plain.value ?? run;
  const found = useMemo(() => resultOf(plain, values, size), [plain, values.join(), size.rows, size.columns]);
  const card = room.net.value?.card;
  const grey = useMemo(() => brightness(plain, card).values.map((v) => v * 255), [plain, card]);
  const { seen, g, result, size: out } = found;
  const at = room.state.value.cell ?? [Math.floor(out.height / 2), Math.floor(out.width / 2)];
  const cell = /** @type {Cell} */ ([Math.min(at[0], out.height - 1), Math.min(at[1], out.width - 1)]);
  const edge = !room.wide.value ? EDGE.phone : part === "all" ? EDGE.desk : EDGE.present;
  const look = { theme: room.theme.value, hatch: room.hatch.value, size: edge };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const next = moved(event, cell, out.width, out.height);
    if (next) room.patch({ cell: next });
    return Boolean(next);
  };
  const move = (/** @type {Cell} */ point) => room.patch({ cell: placeUnder(g, out, point) });
  return html`
    <${Board} ...${look} values=${seen.values} drawn=${grey} kind="grey" width=${seen.width} height=${seen.height} limit=${1}
      window=${windowOn(g, cell)} onKey=${key} onPoint=${move} title=${planeSays(seen.channels)}
      label=${`${planeSays(seen.channels)}. Drag, or use the arrow keys, to move the window.`} />
    <${Board} ...${look} values=${result} width=${out.width} height=${out.height} limit=${largest(result)} chosen=${cell}
      onKey=${key} onPoint=${move} title=${`after ${model.name || "your kernel"}`} name="kernel-result"
      label="The picture after your kernel. Arrow keys move the cell." />`;
}

/** @param {{room: Room, run: Run, part: string}} props */
export function View({ room, run, part }) {
  const model = modelOf(room, run);
  if (!model) return html`<p>This network has no convolution.</p>`;
  const before = source(byName(run.graph), model.layer);
  const set = (/** @type {number[]} */ values) => setValues(room, model, values);
  const whole = part === "all";
  const top = whole || part === "kernel" || part === "result";
  return html`<div class="own-kernel part-${part}">
    ${top && html`<div class="kernel-top">
      <${Picture} room=${room} run=${run} model=${model} part=${part} />
      <section class="kernel-edit" aria-label="The kernel">
        ${whole && html`<${Presets} model=${model} set=${set} learned=${learnedOf(room, model)} />`}
        <${Taps} model=${model} theme=${room.theme.value} set=${set} />
        ${whole && html`<p class="small">${model.name ? `${SAYS[model.name]} ` : ""}${sumSays(model.values)} Stride 1; outside counts as 0.</p>`}
      </section>
    </div>`}
    ${(whole || part === "predict" || part === "network") && html`<section class="kernel-bottom" aria-label="In the network">
      ${whole && html`<${Where} room=${room} model=${model} before=${before} />`}
      <${Outcome} room=${room} run=${run} model=${model} after=${part !== "predict"} />
    </section>`}
  </div>`;
}

/** @param {Room} room @param {Run} run */
export function caption(room, run) {
  const model = modelOf(room, run);
  if (!model) return "";
  return model.inside ? `Your kernel runs as kernel ${model.out} of ${model.layer.name}.`
    : `${model.name || "Your kernel"}: computed on this page, on the network's own input. The network itself is unchanged.`;
}

/** @param {Room} room @param {Run} run */
export function legend(room, run) {
  const model = modelOf(room, run);
  const range = model && run.ranges.get(model.layer.name);
  if (!model) return null;
  const { result } = resultOf(room.plain.value ?? run, model.values, model.size);
  return html`<div class="legends"><${Legend} key="result" limit=${largest(result)} label="after your kernel" scope="this map" />
    <${Legend} key="weights" kind="weight" limit=${largest(model.values)} label="weights" scope="your kernel" />
    ${range && html`<${Legend} key="layer" limit=${range.range.limit} label=${model.layer.name} scope="layer" />`}</div>`;
}
