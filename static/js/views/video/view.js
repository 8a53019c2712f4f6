/**
 * A clip over time: frames, one channel, features, states and belief in columns over one another.
 *
 *     frames   [T]                | the chosen frame, its maps
 *     channel  [T]                | answer so far, what was done
 *     features [F, T]             | what the order is worth
 *     states   [12 of H, T]
 *     belief in a movement, 0..100 %
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { extent } from "gridtime/math/colour.js";
import { percent } from "gridtime/math/format.js";
import { beliefAt } from "gridtime/math/tworeaders.js";
import { Figures } from "gridtime/views/compare/figures.js";
import { BOX, Plot } from "gridtime/views/compare/picture/plot.js";
import { Answer, Done, Orders } from "gridtime/views/video/answer.js";
import { Channel, Features, States, Strip, Wall } from "gridtime/views/video/rows.js";
import { frameSays, labelOf, mapsAt, orderWord, stepOf } from "gridtime/views/video/scene.js";
import { PARTS } from "gridtime/views/video/walk.js";

/** @typedef {import("gridtime/views/video/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/watching.js").Seen} Seen */
/** @typedef {import("gridtime/views/video/walk.js").Shown} Shown */

/** px at root 16: how wide all is, and a large frame. @param {Room["look"]} look @param {Shown} show */
function sizesOf({ present, narrow }, show) {
  if (present) return { size: /** @type {const} */ ("present"), width: 1170, one: show.wall ? 300 : show.without ? 280 : 560, edge: 80, features: 96 };
  return narrow ? { size: /** @type {const} */ ("narrow"), width: 358, one: 160, edge: 44, features: 80 } : { size: /** @type {const} */ ("wide"), width: 860, one: 136, edge: 40, features: 44 };
}

/** The chosen frame, large. @param {{seen: Seen, step: number, side: number}} props */
function One({ seen, step, side }) {
  const input = seen.tensors.get("input");
  const values = useMemo(() => {
    if (!input) return [];
    const [, planes, h, w] = /** @type {number[]} */ (input.shape);
    const limit = extent(input.data) || 1;
    return input.data.subarray(step * planes * h * w, step * planes * h * w + h * w).map((/** @type {number} */ v) => (255 * v) / limit);
  }, [input, step]);
  if (!input) return null;
  const [, , h, w] = /** @type {number[]} */ (input.shape);
  return html`<figure class="clip-one"><${CanvasMap} values=${values} width=${w} height=${h} size=${side} kind="grey" label="${frameSays(seen, step)}, as the network gets it" /><figcaption class="clip-says">${frameSays(seen, step)}, ${w} × ${h}</figcaption></figure>`;
}

/** Belief in one movement against frames. @param {{seen: Seen, room: Room, step: number, size: "wide" | "narrow" | "present"}} props */
function Belief({ seen, room, step, size }) {
  const { net, curve, plain, classes } = seen;
  const label = labelOf(room.address, seen);
  const lines = [{ kind: net.row.kind, name: net.name, now: curve, plain }];
  const name = classes[label];
  return html`<${Plot} lines=${lines} label=${label} name=${name} rows=${curve.rows} at=${step} until=${curve.rows} chosen=${net.row.kind} changed=${seen.how !== "plain"} size=${size} first=${1} of="frames read" foot="frames read" onAt=${(/** @type {number} */ t) => room.patch({ step: t })} />
    ${!room.look.present && html`<div class="clip-under"><p class="clip-says is-belief">Belief in ${name} after ${frameSays(seen, step)}: <span class="num" data-value=${String(beliefAt(curve, step, label))}>${percent(beliefAt(curve, step, label))}</span>${seen.how === "plain" ? "" : html`; in order <span class="num" data-value=${String(beliefAt(plain, step, label))}>${percent(beliefAt(plain, step, label))}</span>, the thin line`}</p><${Figures} lines=${lines} label=${label} name=${name} read="frames" rowNames=${Array.from({ length: seen.total }, (_, t) => String(t + 1))} /></div>`}`;
}

/** @param {{room: Room, seen: Seen, part: string}} props */
export function View({ room, seen, part }) {
  const { address, look } = room;
  const show = PARTS[part] ?? PARTS.all;
  const { size, width, one, edge, features } = sizesOf(look, show);
  const box = BOX[size];
  const [left, right] = [box.left, box.right].map((px) => (px / box.width) * width);
  const step = stepOf(address, seen);
  const row = { seen, room, step, last: seen.total - 1 };
  // A column's middle stands over the plot's point of that frame.
  const column = (width - left - right) / Math.max(1, seen.total - 1);
  const wide = column * seen.total;
  const inner = { marginLeft: `${(left - column / 2) / 16}rem`, width: `${wide / 16}rem` };
  const aligned = { ...row, width: wide };
  const maps = mapsAt(address, seen);
  const planes = seen.tensors.get("input")?.shape[1] ?? 1;
  // Small columns: on a phone, and where the strip stands alone, frames are shown in two rows.
  const folded = look.narrow || (look.present && !show.states && !show.belief);
  const strip = folded ? { ...row, width: look.present ? 1120 : width, columns: Math.ceil(seen.total / 2) } : { ...aligned, columns: seen.total };
  return html`<div class="clip is-${size} ${show.strip || show.belief ? "" : "is-single"}">
    ${(show.strip || show.channel || show.states || show.belief) && html`<div class="clip-time" style=${{ width: `${width / 16}rem` }}>
      ${show.strip && html`<div class="clip-row" style=${folded ? {} : inner}>${!look.present && html`<p class="clip-says">What the network sees, ${orderWord(seen)}${planes > 1 ? `: the first of ${planes} planes` : ""}</p>`}<${Strip} ...${strip} /></div>`}
      ${show.channel && maps && html`<div class="clip-row" style=${inner}>${!look.present && html`<p class="clip-says">Each frame alone: map ${maps.channel + 1} of ${maps.maps.channels} of ${maps.maps.from}</p>`}<${Channel} ...${aligned} /></div>`}
      ${show.features && html`<div class="clip-row" style=${inner}><${Features} ...${aligned} high=${features} /></div>`}
      ${show.states && html`<div class="clip-row clip-states" style=${inner}><${States} ...${aligned} /></div>`}
      ${show.belief && html`<${Belief} seen=${seen} room=${room} step=${step} size=${size} />`}
    </div>`}
    ${(show.one || show.wall || show.answer || show.orders || show.without) && html`<div class="clip-side">
      ${(show.one || show.wall) && html`<div class="clip-frame">${show.one && html`<${One} seen=${seen} step=${step} side=${one} />`}${show.wall && html`<${Wall} seen=${seen} room=${room} step=${step} edge=${edge} columns=${8} />`}</div>`}
      ${show.answer && html`<${Answer} seen=${seen} step=${step} hidden=${Boolean(show.vote)} brief=${look.present} />`}
      ${!look.present && html`<${Done} seen=${seen} />`}
      ${(show.orders || show.without) && html`<${Orders} figures=${room.store.figures.value} seen=${seen} brief=${look.present} without=${Boolean(show.without)} />`}
    </div>`}
  </div>`;
}
