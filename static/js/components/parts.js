/**
 * The views of a room: one row each, loaded when it is opened.
 *
 *     row.id = tab -> load() -> Part {View, walk?, caption?, legend?, keys?}
 *
 * `View({room, part})` draws; `part` is the stop of the walk in present mode, else "all".
 * `walk(room)` gives the stops, `caption(room)` the foot's sentence, `legend(room)` what stands
 * beside it, `keys(room)` what the view binds while it is open.
 */
import { signal } from "@preact/signals-core";
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { Busy } from "gridtime/components/busy.js";

/** @typedef {import("gridtime/components/walk.js").Stop} Stop */
/** @typedef {import("gridtime/lib/html.js").Children} Children */
/**
 * @template Room
 * @typedef {object} Part
 * @property {(props: {room: Room, part: string}) => any} View
 * @property {(room: Room) => Stop[]} [walk]
 * @property {(room: Room) => Children} [caption]
 * @property {(room: Room) => Children} [legend]
 * @property {(room: () => Room) => {keys: Record<string, (event: KeyboardEvent) => unknown>, description: Record<string, string>}} [keys]
 * @property {boolean} [ownField] the room's field is the view's own affair
 */
/**
 * @template Room
 * @typedef {{id: string, title: string, load: () => Promise<Part<Room>>}} Row
 */

/**
 * @template {{say: (text: string) => void}} Room
 * @param {Row<Room>[]} rows
 */
export function createParts(rows) {
  /** A signal: when a view arrives, the page's walk and caption change with it. */
  const loaded = signal(/** @type {Record<string, Part<Room>>} */ ({}));

  /** Whether a tab is one of these views. @param {string | undefined} id */
  const isPart = (id) => rows.some((row) => row.id === id);

  /** @param {string} id @returns {Part<Room> | undefined} once it is here */
  const partOf = (id) => loaded.value[id];

  /** @param {{room: Room, id: string, part: string}} props */
  function More({ room, id, part }) {
    const found = partOf(id);
    const latest = useRef(room);
    latest.current = room;
    useEffect(() => {
      if (found) return;
      const fail = () => room.say("A part of this page did not arrive. Reload it.");
      rows.find((row) => row.id === id)
        ?.load()
        .then((view) => (loaded.value = { ...loaded.peek(), [id]: view }), fail);
    }, [id]);
    useEffect(() => {
      const own = found?.keys?.(() => latest.current);
      return own ? bind(own.keys, { description: own.description }) : undefined;
    }, [found]);
    if (!found) return html`<${Busy} on=${true} />`;
    return html`<${found.View} key=${id} room=${room} part=${part} />`;
  }

  return { isPart, partOf, More };
}
