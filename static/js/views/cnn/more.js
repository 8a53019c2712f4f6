/**
 * The views under More: one row each, loaded when it is opened.
 *
 *     tab id -> import() -> {View, walk?, caption?, keys?}
 *
 * `View({room, run, choice, part})` draws; `part` is the stop of the walk in present mode, else
 * "all". `walk(room, run, choice)` gives the stops, `caption(room, run, choice)` the foot's
 * sentence, `keys(room)` what the view binds while it is open.
 */
import { signal } from "@preact/signals-core";
import { html, useEffect } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { Busy } from "gridtime/components/busy.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */
/**
 * @typedef {object} Part
 * @property {(props: {room: Room, run: Run, choice: Choice, part: string}) => any} View
 * @property {(room: Room, run: Run, choice: Choice) => Stop[]} [walk]
 * @property {(room: Room, run: Run, choice: Choice) => string} [caption]
 * @property {(room: Room, run: Run, choice: Choice) => any} [legend] of the colours on screen; by default that of the chosen layer
 * @property {(room: Room) => {keys: Record<string, (event: KeyboardEvent) => unknown>, description: Record<string, string>}} [keys]
 */

/** @type {Record<string, () => Promise<Part>>} */
const LOADERS = {
  kernel: () => import("gridtime/views/cnn/kernel/view.js"),
  lab: () => import("gridtime/views/cnn/lab/view.js"),
  shift: () => import("gridtime/views/cnn/shift/view.js"),
  whatif: () => import("gridtime/views/cnn/whatif/view.js"),
  looks: () => import("gridtime/views/cnn/looks/view.js"),
  hierarchy: () => import("gridtime/views/cnn/hierarchy/view.js"),
  training: () => import("gridtime/views/cnn/training/view.js"),
  trust: () => import("gridtime/views/cnn/trust/view.js"),
  cortex: () => import("gridtime/views/cnn/cortex/view.js"),
  save: () => import("gridtime/views/cnn/save/view.js"),
  compare: () => import("gridtime/views/cnn/compare/view.js"),
  why: () => import("gridtime/views/cnn/why/view.js"),
};

/** A signal: when a view arrives, the page's walk and caption change with it. */
const loaded = signal(/** @type {Record<string, Part>} */ ({}));

/** The tabs that there are views for. @param {string} id */
export const isBuilt = (id) => Object.hasOwn(LOADERS, id);

/** @param {string} id @returns {Part | undefined} once it is here */
export const partOf = (id) => loaded.value[id];

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function More({ room, run, choice, part }) {
  const id = choice.tab;
  const found = partOf(id);
  useEffect(() => {
    if (found) return;
    const fail = () => (room.notice.value = "A part of this page did not arrive. Reload it.");
    LOADERS[id]?.().then((view) => (loaded.value = { ...loaded.peek(), [id]: view }), fail);
  }, [id]);
  useEffect(() => {
    const own = found?.keys?.(room);
    return own ? bind(own.keys, { description: own.description }) : undefined;
  }, [found]);
  if (!found) return html`<${Busy} />`;
  return html`<${found.View} key=${id} room=${room} run=${run} choice=${choice} part=${part} />`;
}
