/**
 * What the mask says: classes and their shares, regions counted, what the switches changed; and how
 * far to trust it: measured figures beside rules without a network.
 */
import { html, useState } from "gridtime/lib/html.js";
import { ModelCard, figure } from "gridtime/components/modelcard.js";
import { exact } from "gridtime/components/num.js";
import { number, percent } from "gridtime/math/format.js";
import { colourOfClass, wanted } from "gridtime/math/masks.js";
import { aloneOf, changeOf, countOf, countSays, coverOf } from "gridtime/views/segment/scene.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

/** The colour of a class. @param {{classes: string[], k: number}} props */
export function Chip({ classes, k }) {
  const colour = colourOfClass(classes, k);
  return html`<i class="seg-chip ${colour ? "" : "is-none"}" style=${colour ? { background: `rgb(${colour.join(" ")})` } : undefined} aria-hidden="true"></i>`;
}

/** Classes with their shares; one of them alone, on a click. @param {{room: Room, read: Read}} props */
export function Shares({ room, read }) {
  const { found, net } = read;
  const alone = aloneOf(room.address, read);
  return html`<section class="seg-shares" aria-label="Classes and their shares">
    <ul>${found.classes.map(
      (name, k) => html`<li key=${name}><button type="button" class="seg-class" aria-pressed=${alone === k} title="Show ${name} alone" onClick=${() => room.patch({ class: alone === k ? undefined : name })}>
        <${Chip} classes=${net.card.classes} k=${k} /><span>${name}</span><b class="num" data-value=${exact(found.share[k])}>${percent(found.share[k])}</b></button></li>`,
    )}</ul>
  </section>`;
}

/** @param {{room: Room}} props */
export function Cover({ room }) {
  const cover = coverOf(room.address);
  return html`<label class="field seg-cover">Mask <input type="range" min="0" max="100" step="5" value=${cover} onInput=${(/** @type {any} */ e) => room.patch({ level: Number(e.target.value) })} /><span class="num">${cover} %</span></label>`;
}

/** Connected regions of the class that is looked for. @param {{read: Read, brief?: boolean}} props */
export function Count({ read, brief = false }) {
  const n = countOf(read);
  if (n === null) return null;
  return html`<p class="seg-count"><b data-value=${String(n)}>${countSays(read)}</b>${!brief && html`<span class="small">Counted in the mask: cells that touch edge to edge are one region. Two nuclei that touch count as one.</span>`}</p>`;
}

/** Against the network as it is. @param {{room: Room, read: Read}} props */
export function Changed({ room, read }) {
  if (!read.off.length) return null;
  const { kept, iou, label } = changeOf(room.address, read);
  return html`<section class="seg-changed" aria-label="What the switches changed" role="status">
    <p><b>${read.off.join(" and ")} off.</b> Against the mask with everything on:</p>
    <dl><div><dt>pixels that keep their class</dt><dd class="num" data-value=${String(kept)}>${percent(kept)}</dd></div>
      ${iou !== null && html`<div><dt>IoU of ${label}</dt><dd class="num" data-value=${String(iou)}>${number(iou, 3)}</dd></div>`}</dl>
    ${!room.look.present && html`<button type="button" class="link" onClick=${() => room.patch({ edits: undefined })}>Switch all on</button>`}
  </section>`;
}

/** What was done to the picture. @param {{read: Read}} props */
export function Done({ read }) {
  const steps = /** @type {{op: string, text: string}[]} */ (read.answer.input.steps);
  return html`<details class="seg-done"><summary>What was done to the picture</summary><ul>${steps.map(({ op, text }) => html`<li key=${op}>${text}</li>`)}</ul></details>`;
}

/** Measured on pictures that were never trained on. @param {{read: Read}} props */
export function Figures({ read }) {
  const [open, setOpen] = useState(false);
  const card = /** @type {any} */ (read.net.card);
  const { n, split } = card.metrics[0];
  return html`<section class="seg-figures" aria-label="How good it is">
    <h2>How good it is</h2>
    <div class="numbers-scroll" tabindex="0" role="region" aria-label="Measured figures"><table class="ruled">
      <caption class="small">On ${n} pictures of ${split}, never trained on. IoU: pixels that are the class in both masks, over those that are in either.</caption>
      <thead><tr><th scope="col">measured</th><th scope="col">network</th><th scope="col">without a network</th><th scope="col">which is</th></tr></thead>
      <tbody>${card.metrics.map(
        (/** @type {import("gridtime/components/modelcard.js").Metric} */ row) => html`<tr key=${row.name}><th scope="row">${row.name}</th>
          <td class="num" data-value=${String(row.value)}>${figure(row.value, row.unit)}</td><td class="num" data-value=${String(row.baseline)}>${figure(row.baseline, row.unit)}</td><td class="seg-rule">${row.baseline_name}</td></tr>`,
      )}</tbody></table></div>
    <p class="small">${card.limits[0]} <button type="button" class="link" onClick=${() => setOpen(true)}>All about this network</button></p>
    <${ModelCard} card=${open ? card : null} onClose=${() => setOpen(false)} />
  </section>`;
}

/** Whether the network looks for one thing alone, drawn on a sheet as easily as photographed. @param {string[]} classes */
export const drawable = (classes) => wanted(classes) >= 0;
