/**
 * The path of h: the visitor's sentence on the plane that holds most of the corpus's variance.
 *
 *     corpus states -> faint dots (canvas)     words -> path (SVG), one step a key
 *     head -> arrow: the way in which the shown class's score grows
 */
import { html, useMemo, useRef, useState } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { useSize } from "gridtime/components/size.js";
import { TableDialog } from "gridtime/components/table.js";
import { written } from "gridtime/math/lines.js";
import { frameOf, growth, moved, nearest, origin, placesOf, planeSvg } from "gridtime/math/plane.js";
import { beliefAt } from "gridtime/math/scene.js";
import { windowOf } from "gridtime/math/window.js";
import { Dots } from "gridtime/views/rnn/plane/dots.js";
import { Path } from "gridtime/views/rnn/plane/path.js";
import { Pager, Troubles, readHere, useStates } from "gridtime/views/rnn/watching.js";
import { Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {import("gridtime/math/plane.js").Plane} Plane */

const BOTH = "Read from both ends: a state holds what comes before and after its word, so this path is no step in time.";

/** Px at root 16 around the outermost points. */
const MARGIN = 28;

/** "These two directions hold 43 % of the variance." @param {Plane} plane */
const holds = ({ share }) => html`These two directions hold <${Share} value=${share[0] + share[1]} /> of the variance of h`;

/** @param {Room} room */
const planeOf = ({ about, stores: { states } }) => {
  const found = states.units.value.value;
  return found?.model === about.net.id ? found.watched?.plane : undefined;
};

/** Where the chosen word brought the state. @param {Room} room */
function stepSays(room) {
  const own = room.stores.states.own.value.value;
  if (own?.key !== room.s.reading.base) return "The path of the hidden state, word by word.";
  const { s } = room;
  const belief = beliefAt(s, s.step);
  if (fromBothEnds(room)) return BOTH;
  return html`“<bdi>${own.pieces[s.step].text}</bdi>” moves the state by <${Num} value=${moved(own, s.step)} />${belief === null ? "" : html`: ${s.label} <${Share} value=${belief} />`}.`;
}

/** @param {Room} room */
export const caption = (room) => stepSays(room);

export const legend = () => html`<p class="legend">Dots: the state after every word of the project's sentences. Path: your text. Ring: the empty memory. Yellow: after the chosen word.</p>`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const plane = planeOf(room);
  return [
    { id: "dots", caption: () => (plane ? html`Every dot: the memory after one word. ${holds(plane)}.` : "Every dot: the memory after one word."), notes: "The other directions are not seen here: two dots that lie together may be far apart in them." },
    { id: "path", caption: () => stepSays(room), apply: () => room.patch({ step: 0 }), notes: "Go on with the arrow keys after a click on the picture, or press P." },
    { id: "answer", caption: () => html`The arrow: this way the score for ${room.s.label} grows.`, apply: () => room.patch({ step: room.s.total - 1 }), notes: "What of the arrow's true direction lies in this plane is said beside it." },
  ];
}

/** Whether a state also holds what comes after its word. @param {Room} room */
const fromBothEnds = ({ s }) => s.reading.readers.some((reader) => reader.last && reader.reverse);

/** The direction of the answer; null where the head does not read h at every word. @param {Room} room @param {Plane} plane */
function useGrowth({ s }, plane) {
  const { head, weights, shares } = s.reading;
  const weight = head && shares ? weights?.get(head.weight) : undefined;
  return useMemo(() => (weight && weight.shape[1] === plane.mean.length ? growth(/** @type {any} */ (weight), s.shown, plane) : null), [weight, s.shown, plane]);
}

/** Numbers of the words on screen. @param {{own: States, places: Float32Array, start: number, end: number}} props */
function Table({ own, places, start, end }) {
  const [open, setOpen] = useState(false);
  const count = end - start;
  const values = open ? Float32Array.from({ length: 3 * count }, (_, k) => (k % 3 === 2 ? moved(own, start + Math.floor(k / 3)) : places[2 * (start + Math.floor(k / 3)) + (k % 3)])) : [];
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
    <${TableDialog} open=${open} title="The path on the plane" onClose=${() => setOpen(false)} values=${values} width=${3} height=${count}
      columnNames=${["first direction", "second direction", "moved"]} rowNames=${own.pieces.slice(start, end).map((piece, k) => `${start + k + 1} ${piece.text}`)} />`;
}

/** Beside the plane: the numbers of the chosen word and what else ended up there. @param {{room: Room, own: States, corpus: States, plane: Plane, places: Float32Array, way: ReturnType<typeof growth> | null, files: import("gridtime/components/save.js").Item[], pager: any}} props */
function Side({ room, own, corpus, plane, places, way, files, pager }) {
  const { s } = room;
  const t = s.step;
  const near = useMemo(() => nearest(corpus, own.h, t * own.hidden, 5), [corpus, own, t]);
  const belief = beliefAt(s, t);
  return html`<aside class="plane-side">
    <p class="plane-holds">${holds(plane)}: <${Share} value=${plane.share[0]} /> across, <${Share} value=${plane.share[1]} /> upward. The rest is not seen here.</p>
    ${fromBothEnds(room) && html`<p>${BOTH}</p>`}
    ${way && html`<p>The arrow shows where the score for ${s.label} grows; <${Share} value=${way.held} /> of that direction lies in this plane.</p>`}
    ${pager}
    <dl class="plane-numbers">
      <div><dt>after “<bdi>${own.pieces[t].text}</bdi>”, word ${t + 1} of ${s.total}</dt><dd><${Num} value=${places[2 * t]} />, <${Num} value=${places[2 * t + 1]} /></dd></div>
      ${!fromBothEnds(room) && html`<div><dt>moved, in all ${own.hidden} dimensions</dt><dd><${Num} value=${moved(own, t)} /></dd></div>`}
      ${belief !== null && html`<div><dt>${s.label}, if it ended here</dt><dd><${Share} value=${belief} /></dd></div>`}
    </dl>
    <h2>Nearest states, in all ${own.hidden} dimensions</h2>
    <ol class="plane-near">${near.map(({ t: at, line, distance }) => {
      const { start, end } = corpus.lines[line];
      const text = written(corpus.pieces.slice(start, end));
      const read = () => readHere(room, text, { step: at - start });
      return html`<li key=${at}><button type="button" class="plane-place" title="Read this here" onClick=${read}><span class="plane-far"><${Num} value=${distance} /></span>
        <span dir="auto">${at - start > 7 ? "… " : ""}${written(corpus.pieces.slice(Math.max(start, at - 7), at))} <b>${corpus.pieces[at].text}</b> <span class="plane-rest">${written(corpus.pieces.slice(at + 1, end))}</span></span></button></li>`;
    })}</ol>
    <p class="row"><${Table} own=${own} places=${places} start=${s.window.start} end=${s.window.end} /> <${SaveMenu} items=${files} label="the path" /></p>
  </aside>`;
}

/** @param {{room: Room, own: States, corpus: States, plane: Plane, part: string}} props */
function Drawn({ room, own, corpus, plane, part }) {
  const { s, look } = room;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const { width, height, rem } = useSize(box, [look.present, look.narrow]);
  const [dots, places, zero] = useMemo(() => [placesOf(corpus, plane), placesOf(own, plane), origin(plane)], [corpus, own, plane]);
  const both = fromBothEnds(room);
  const frame = useMemo(() => frameOf([dots, places, zero], Math.max(100, width), Math.max(100, height), MARGIN * rem), [dots, places, width, height, rem]);
  const way = useGrowth(room, plane);
  const all = !["dots", "path", "answer"].includes(part);
  const belief = beliefAt(s, s.step);
  const window = look.present ? windowOf(s.step, s.total, 24) : s.window;
  const { start, end } = window;
  const shown = Array.from({ length: end - start }, (_, k) => /** @type {[number, number]} */ ([places[2 * (start + k)], places[2 * (start + k) + 1]]));
  const words = own.pieces.slice(start, end).map((piece) => piece.text);
  const rows = () => [["word", "first direction", "second direction"], ...own.pieces.map((piece, t) => [piece.text, places[2 * t], places[2 * t + 1]])];
  const files = plotFiles("path", { svg: () => planeSvg({ frame, dots, path: shown, words, title: written(own.pieces.slice(start, end)) }), rows });
  return html`<div class="plane ${look.present ? "" : "plane-beside"}">
    <div class="plane-box" ref=${box}>${width > 0 && html`<${Dots} frame=${frame} dots=${dots} theme=${look.theme} />
      <${Path} room=${room} own=${own} places=${places} zero=${both ? null : zero} window=${window} frame=${frame} rem=${rem} way=${all || part === "answer" ? way : null} path=${all || part !== "dots"} plane=${plane} />`}</div>
    ${!look.present && html`<${Side} pager=${html`<${Pager} room=${room} />`} room=${room} own=${own} corpus=${corpus} plane=${plane} places=${places} way=${way} files=${files} />`}
    ${look.present && part !== "dots" && belief !== null && html`<p class="plane-big"><${Share} value=${belief} /> <small>${s.label}</small></p>`}
  </div>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { own, corpus, units } = useStates(room, { corpus: true, units: true });
  if (units === undefined) return html`<p class="property-says is-none">The plane of this network's states has not been fitted. Choose another network above.</p>`;
  if (!own || !corpus || !units) return html`<div><${Troubles} room=${room} /></div>`;
  return html`<${Drawn} room=${room} own=${own} corpus=${corpus} plane=${units.plane} part=${part} /><${Troubles} room=${room} />`;
}
