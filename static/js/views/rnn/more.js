/**
 * The views beside Read and Step: a row here, a module of its own (components/parts.js). Without a
 * `walk` a view is a stop of the room's own walk.
 */
import { createParts } from "gridtime/components/parts.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/**
 * What single views keep, made by the page.
 * @typedef {object} Stores
 * @property {import("gridtime/stores/states.js").StatesStore} states
 * @property {ReturnType<typeof import("gridtime/stores/bank.js").createBank>} bank
 * @property {ReturnType<typeof import("gridtime/stores/signal.js").createSignals>} signals
 * @property {ReturnType<typeof import("gridtime/stores/whatif.js").createWhatIf>} whatif
 */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Scene} s            the sentence as read: chosen word, unit, class, every number
 * @property {Record<string, any>} address  the address's fragment (stores/url)
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {import("gridtime/views/rnn/room.js").Look} look
 * @property {import("gridtime/stores/reading.js").About} about  network, card, input, answer
 * @property {import("gridtime/api/client.js").ModelRow[]} models  readers of sentences
 * @property {ReturnType<typeof import("gridtime/views/rnn/doings.js").doingsOf>} doings
 * @property {Stores} stores
 * @property {(text: string) => void} say  to a screen reader, and under the sentence
 * @property {import("gridtime/stores/interventions.js").Interventions} changes  what is changed about the reading, and the way back
 * @property {number} known  words whose answer has come
 * @property {import("gridtime/stores/reading.js").Plain | null} plain  answers without the changes, once they are here
 */

/** In the order of the tabs. @type {import("gridtime/components/parts.js").Row<Room>[]} */
const ROWS = [
  { id: "bank", title: "Bank", load: () => import("gridtime/views/rnn/bank/view.js") },
  { id: "signal", title: "Signal", load: () => import("gridtime/views/rnn/signal/view.js") },
  { id: "unroll", title: "Unroll", load: () => import("gridtime/views/rnn/unroll/view.js") },
  { id: "receipt", title: "Receipt", load: () => import("gridtime/views/rnn/receipt.js") },
  { id: "whatif", title: "What if", load: () => import("gridtime/views/rnn/whatif/view.js") },
  { id: "find", title: "Find", load: () => import("gridtime/views/rnn/find/view.js") },
  { id: "units", title: "Units", load: () => import("gridtime/views/rnn/watch/view.js") },
  { id: "plane", title: "Plane", load: () => import("gridtime/views/rnn/plane/view.js") },
  { id: "remember", title: "How far", load: () => import("gridtime/views/rnn/remember/view.js") },
  { id: "save", title: "Save", load: () => import("gridtime/views/rnn/save/view.js") },
];

export const TABS = [
  { id: "read", title: "Read" },
  { id: "step", title: "Step" },
  ...ROWS.map(({ id, title }) => ({ id, title })),
];

const parts = createParts(ROWS);
export const isPart = parts.isPart;
export const partOf = parts.partOf;
export const More = parts.More;
