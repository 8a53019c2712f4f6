/**
 * The strongest patches: cut out of what the network saw, by the true field of the cell.
 *
 *     samples and own pictures, this one among them -> peaks -> the eight best of the channel
 */

import { html } from "gridtime/lib/html.js";
import { seenPixels, useGathered } from "gridtime/components/gathered.js";
import { Num } from "gridtime/components/num.js";
import { Pixels } from "gridtime/components/pixels.js";
import { clip, fieldBox, inputSize } from "gridtime/math/fields.js";
import { plural } from "gridtime/math/format.js";
import { patchOf, peaks, strongestOf } from "gridtime/math/peaks.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/components/gathered.js").Gathered} Gathered */
/** @typedef {import("gridtime/math/peaks.js").Found} Found */

const SHOWN = 8;

/** The picture on show, with its cut: its trace is here already. @param {Room} room @param {Run} run
 *  @param {Layer} layer @returns {Gathered|null} */
function onShow(room, run, layer) {
  const { picture, sample } = room.state.value;
  const [input, tensor] = [run.tensors.get("input"), run.tensors.get(layer.name)];
  if (!run.exact || !input || !tensor) return null;
  const key = picture ?? sample ?? room.net.value?.samples[0]?.name ?? "";
  const title = picture ? "your picture" : room.original.value?.title ?? "this picture";
  return { key, title, own: Boolean(picture), peaks: peaks(tensor), pixels: seenPixels(input, room.net.value?.card.preprocessing ?? {}) };
}

/** @param {Room} room @param {Run} run @param {Layer} layer
 *  @returns {{all: Gathered[], total: number}} every picture looked through so far */
export function usePictures(room, run, layer) {
  const { found, total } = useGathered(run.model, layer.name, room.net.value?.card.preprocessing);
  const now = onShow(room, run, layer);
  if (!now) return { all: found, total };
  const rest = found.filter(({ key }) => key !== now.key);
  return { all: [now, ...rest], total: Math.max(total, rest.length + 1) };
}

/** The whole picture with the field framed. @param {{one: Gathered, box: import("gridtime/math/fields.js").Box}} props */
export function Framed({ one, box }) {
  const { width, height } = one.pixels;
  const inside = clip(box, one.pixels);
  const style = {
    left: `${(inside.x / width) * 100}%`, top: `${(inside.y / height) * 100}%`,
    width: `${(inside.width / width) * 100}%`, height: `${(inside.height / height) * 100}%`,
  };
  return html`<span class="seen-box"><${Pixels} picture=${one.pixels} label="" />
    <span class="field-frame" style=${style}></span></span>`;
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number, one: Gathered, at: Found}} props */
function Patch({ room, run, layer, channel, one, at }) {
  const box = fieldBox(layer, at.cell[0], at.cell[1], inputSize(run.graph));
  const open = () => room.patch({
    sample: one.own ? undefined : one.key, picture: one.own ? one.key : undefined, crop: undefined,
    layer: layer.name, channel, cell: at.cell,
  }, { push: true });
  return html`<li><button type="button" class="patch" onClick=${open}
    title=${`${one.title}: row ${at.cell[0]}, column ${at.cell[1]}. Click to have this picture in the room.`}>
    <${Pixels} picture=${patchOf(one.pixels, box)} label="" class="patch-cut" />
    <span class="patch-of"><${Framed} one=${one} box=${box} />
      <span><${Num} value=${at.value} class="patch-value" />${" "}<span class="patch-title">${one.title.split(":")[0]}</span></span></span>
  </button></li>`;
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number, most?: number}} props */
export function Patches({ room, run, layer, channel, most = SHOWN }) {
  const { all, total } = usePictures(room, run, layer);
  const best = strongestOf(all.map((one) => one.peaks), channel, most);
  const own = all.filter((one) => one.own).length;
  return html`<section class="looks-patches" aria-label="Strongest patches">
    <h3>Strongest patches of ${plural(all.length, "picture")}${own ? `, ${own} of them yours` : ""}</h3>
    ${best.length > 0 && html`<ol class="patches">${best.map((at) => {
      const one = all[at.picture];
      return one && html`<${Patch} key=${one.key} room=${room} run=${run} layer=${layer} channel=${channel} one=${one} at=${at} />`;
    })}</ol>`}
    ${!best.length && all.length > 0 && html`<p>None of these pictures raises this channel above 0.</p>`}
    <p class="small">${all.length < total ? `Looking through ${all.length} of ${total}…`
      : "One a picture, as the network saw it. More of your own: New picture."}</p>
  </section>`;
}
