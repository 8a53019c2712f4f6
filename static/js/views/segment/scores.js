/**
 * A map of scores for every class, and at the chosen pixel: score -> e^score -> share.
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Num, exact } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { extent } from "gridtime/math/colour.js";
import { percent } from "gridtime/math/format.js";
import { valuesAt } from "gridtime/math/masks.js";
import { softmax } from "gridtime/math/votes.js";
import { Chip } from "gridtime/views/segment/answer.js";
import { pixelAt } from "gridtime/views/segment/scene.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

const SHOWN = [
  { id: "logits", text: "scores" },
  { id: "probabilities", text: "shares" },
];

/** eᶻ can be large: then fewer decimals. @param {number} v */
const digitsFor = (v) => (v >= 1e4 ? 0 : v >= 100 ? 1 : 3);

/** A map a class. @param {{room: Room, read: Read, size: number}} props size: px at root 16 */
export function ClassMaps({ room, read, size }) {
  const { address, patch, look } = room;
  const shares = address.show === "probabilities";
  const tensor = /** @type {any} */ (read.tensors.get(shares ? "probabilities" : "logits"));
  if (!tensor) return null;
  const [, height, width] = tensor.shape;
  const pixel = pixelAt(address, read);
  const at = valuesAt(tensor, pixel);
  const limit = shares ? 1 : extent(tensor.data) || 1;
  return html`<section class="seg-classes" aria-label="A map of scores for every class">
    ${!look.present && html`<header><h2>A map for every class</h2><${Switch} name="Shown in the class maps" options=${SHOWN} chosen=${shares ? "probabilities" : "logits"} onPick=${(/** @type {string} */ show) => patch({ show: show === "logits" ? undefined : show })} /></header>`}
    <ul>${read.net.card.classes.map(
      (/** @type {string} */ name, /** @type {number} */ k) => html`<li key=${name}>
        <${CanvasMap} values=${tensor.data} offset=${k * width * height} width=${width} height=${height} limit=${limit} kind=${shares ? "probability" : "activation"} size=${size} chosen=${pixel} readout=${false}
          label="${shares ? "Shares" : "Scores"} of ${name}" onChoose=${(/** @type {[number, number]} */ cell) => patch({ cell })} />
        <span class="seg-class-name">${name} ${shares ? html`<b class="num" data-value=${exact(at[k])}>${percent(at[k])}</b>` : html`<b><${Num} value=${at[k]} /></b>`}</span>
      </li>`,
    )}</ul>
  </section>`;
}

/** The numbers at the chosen pixel. @param {{room: Room, read: Read}} props */
export function AtPixel({ room, read }) {
  const logits = /** @type {any} */ (read.tensors.get("logits"));
  const known = /** @type {any} */ (read.tensors.get("probabilities"));
  if (!logits || !known) return null;
  const pixel = pixelAt(room.address, read);
  const scores = valuesAt(logits, pixel);
  const shares = valuesAt(known, pixel);
  const { powers, sum } = softmax(scores);
  const best = shares.indexOf(Math.max(...shares));
  const { classes } = read.net.card;
  return html`<section class="seg-pixel" aria-label="Scores at one pixel">
    <h2>At row ${pixel[0]}, column ${pixel[1]}: ${classes[best]}</h2>
    <table class="ruled">
      <thead><tr><th scope="col">class</th><th scope="col">score z</th><th scope="col">e<sup>z</sup></th><th scope="col">share</th></tr></thead>
      <tbody>${classes.map(
        (/** @type {string} */ name, /** @type {number} */ k) => html`<tr key=${name} class=${k === best ? "is-best" : ""}>
          <th scope="row"><${Chip} classes=${classes} k=${k} />${name}</th>
          <td><${Num} value=${scores[k]} digits=${3} /></td><td><${Num} value=${powers[k]} digits=${digitsFor(powers[k])} /></td>
          <td class="num" data-value=${exact(shares[k])}>${percent(shares[k])}</td></tr>`,
      )}</tbody>
    </table>
    ${!room.look.present && html`<p class="small">All e<sup>z</sup> add up to <${Num} value=${sum} digits=${digitsFor(sum)} />; a share is one of them divided by that (softmax). The mask takes the class with the largest score, at every pixel by itself.</p>`}
  </section>`;
}
