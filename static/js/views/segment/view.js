/**
 * The room's parts side by side: the picture, the U, the layer that is open, the class maps.
 */
import { html } from "gridtime/lib/html.js";
import { Changed, Count, Cover, Done, Figures, Shares } from "gridtime/views/segment/answer.js";
import { Ladder, SwitchedOff } from "gridtime/views/segment/ladder.js";
import { Opened } from "gridtime/views/segment/maps.js";
import { Sheet } from "gridtime/views/segment/picture.js";
import { AtPixel, ClassMaps } from "gridtime/views/segment/scores.js";
import { PARTS } from "gridtime/views/segment/walk.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

/** px at root 16: the picture, the largest map of the U, a layer opened, a class map where there are few, where there are many. */
const DESK = { picture: 336, u: 176, opened: 256, few: 176, many: 104 };
const NARROW = { picture: 358, u: 128, opened: 320, few: 170, many: 108 };
const PRESENT = { picture: 560, pixel: 480, down: 368, both: 160, beside: 160, two: 272, few: 216 };
/** More classes, or rows of the U, than this are many. */
const FEW = 4;

/** @param {{room: Room, read: Read}} props */
function Desk({ room, read }) {
  const size = room.look.narrow ? NARROW : DESK;
  const many = read.net.card.classes.length > FEW;
  return html`<div class="seg-desk">
      <section class="seg-left" aria-label="The picture and its mask">
        <${Sheet} room=${room} read=${read} size=${size.picture} />
        ${read.original?.drawing && html`<p class="small">A drawing. The network never learned from drawings.</p>`}
        <${Cover} room=${room} />
        <${Shares} room=${room} read=${read} />
        <${Count} read=${read} />
        <${Done} read=${read} />
      </section>
      <section class="seg-middle" aria-label="The network as a U">
        <${Ladder} room=${room} read=${read} side=${size.u} />
        <${SwitchedOff} room=${room} read=${read} />
        <${Changed} room=${room} read=${read} />
      </section>
      <${Opened} room=${room} read=${read} size=${size.opened} columns=${8} />
    </div>
    <div class="seg-below ${many ? "is-many" : ""}">
      <${ClassMaps} room=${room} read=${read} size=${many ? size.many : size.few} />
      <${AtPixel} room=${room} read=${read} />
      <${Figures} read=${read} />
    </div>`;
}

/** px of the U's largest map: five rows leave less for each than four. @param {Read} read @param {number} side */
const sideFor = (read, side) => (read.net.u.stages.filter((stage) => stage.side !== "up").length > FEW ? 0.82 * side : side);

/** Present mode: what the caption names, alone. @param {{room: Room, read: Read, part: string}} props */
function Stop({ room, read, part }) {
  const show = PARTS[part] ?? PARTS.mask;
  const many = read.net.card.classes.length > FEW;
  if (show.masks) {
    return html`<div class="seg-stop has-masks">
      <${Ladder} room=${room} read=${read} side=${sideFor(read, PRESENT.beside)} />
      <div class="seg-two">
        <figure><figcaption>With every skip connection</figcaption><${Sheet} room=${room} read=${read} size=${PRESENT.two} mask=${read.plain.data} still=${true} label="The mask with every skip connection" /></figure>
        <figure><figcaption>${read.off.length ? `${read.off.join(" and ")} off` : "As it is"}</figcaption><${Sheet} room=${room} read=${read} size=${PRESENT.two} still=${true} label="The mask with the switches" /></figure>
        <${SwitchedOff} room=${room} read=${read} brief=${true} />
      </div>
    </div>`;
  }
  return html`<div class="seg-stop">
    ${show.picture && html`<${Sheet} room=${room} read=${read} size=${show.scores ? PRESENT.pixel : PRESENT.picture} cover=${show.cover} field=${false} still=${!show.scores} />`}
    ${show.u && html`<${Ladder} room=${room} read=${read} side=${show.u === "down" ? PRESENT.down : sideFor(read, PRESENT.both)} arm=${show.u} />`}
    ${show.scores && html`<div class="seg-beside">${!many && html`<${ClassMaps} room=${room} read=${read} size=${PRESENT.few} />`}<${AtPixel} room=${room} read=${read} /></div>`}
    ${show.shares && html`<div class="seg-beside"><${Shares} room=${room} read=${read} /><${Count} read=${read} brief=${true} /></div>`}
  </div>`;
}

/** @param {{room: Room, read: Read, part: string}} props part "": the whole desk */
export const View = ({ room, read, part }) => (room.look.present ? html`<${Stop} room=${room} read=${read} part=${part} />` : html`<${Desk} room=${room} read=${read} />`);
