/**
 * The views of the compare room: a row here, a module of its own (components/parts.js).
 */
import { createParts } from "gridtime/components/parts.js";

/**
 * What single views keep, made by the page.
 * @typedef {object} Stores
 * @property {import("gridtime/stores/tworeaders.js").TwoReaders} readers
 * @property {import("gridtime/stores/twosentences.js").TwoSentences} sentences
 * @property {import("gridtime/stores/ordering.js").Ordering} order
 * @property {import("gridtime/stores/reaching.js").Reaching} reach
 * @property {import("gridtime/stores/first.js").FirstStore} first
 * @property {import("gridtime/stores/speed.js").SpeedStore} speed
 * @property {(blob: Blob) => Promise<string>} keep  a picture in this browser; gives its key
 */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address  the address's fragment (stores/url)
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {Stores} stores
 * @property {import("gridtime/api/client.js").ModelRow[]} models  every network there is
 * @property {(text: string) => void} say  to a screen reader, and over the view
 */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */

/** In the order of the tabs; the first four are shown. @type {import("gridtime/components/parts.js").Row<Room>[]} */
const ROWS = [
  { id: "picture", title: "Picture", load: () => import("gridtime/views/compare/picture/view.js") },
  { id: "sentence", title: "Sentence", load: () => import("gridtime/views/compare/sentence/view.js") },
  { id: "order", title: "Order", load: () => import("gridtime/views/compare/order/view.js") },
  { id: "speed", title: "Speed", load: () => import("gridtime/views/compare/speed/view.js") },
  { id: "first", title: "First?", load: () => import("gridtime/views/compare/first/view.js") },
  { id: "reach", title: "Reach", load: () => import("gridtime/views/compare/reach/view.js") },
  { id: "duel", title: "Duel", load: () => import("gridtime/views/compare/duel/view.js") },
];

export const TABS = ROWS.map(({ id, title }) => ({ id, title }));

const parts = createParts(ROWS);
export const isPart = parts.isPart;
export const partOf = parts.partOf;
export const More = parts.More;
