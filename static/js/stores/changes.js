/**
 * What the visitor changed in a network of pictures.
 *
 *     URL {edits, shift, moment} --> edits, shift, moment (signals)
 *     edit, move, clear --history--> undo, redo
 */
import { computed } from "@preact/signals-core";
import { MOST, format, parse, scale } from "gridtime/math/edits.js";
import { createHistory } from "gridtime/stores/history.js";

/** @typedef {import("gridtime/math/edits.js").Edit} Edit */
/** @typedef {import("gridtime/stores/url.js").State} State */
/** @typedef {import("gridtime/stores/history.js").How} How */
/** @typedef {ReturnType<typeof createChanges>} Changes */

/** The furthest that the server moves a picture. */
const FURTHEST = 32;

/** @param {number} v */
const near = (v) => Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(v)));

/**
 * @param {import("@preact/signals-core").Signal<State>} state
 * @param {(change: Partial<State>) => void} patch
 */
export function createChanges(state, patch) {
  const history = createHistory(state, patch, ["edits", "shift", "moment"]);

  const edits = computed(() => parse(state.value.edits));
  const shift = computed(() => {
    const [dx, dy] = state.value.shift ?? [0, 0];
    return /** @type {[number, number]} */ ([near(dx), near(dy)]);
  });
  const count = computed(() => {
    const [dx, dy] = shift.value;
    return edits.value.length + (dx || dy ? 1 : 0) + (state.value.moment === undefined ? 0 : 1);
  });

  /** @param {Edit[]} list @param {How} [how] */
  const edit = (list, how) => history.change({ edits: format(list.slice(0, MOST)) }, how);

  /** @param {[number, number]} by @param {How} [how] */
  const move = ([dx, dy], how) => {
    const to = /** @type {[number, number]} */ ([near(dx), near(dy)]);
    history.change({ shift: to[0] || to[1] ? to : undefined }, how);
  };

  /** A link's changes have no past: the last edit of its list goes first. @returns {boolean} */
  const undo = () => {
    if (history.undo()) return true;
    const list = edits.peek();
    if (!count.peek()) return false;
    return history.unmake(list.length ? { edits: format(list.slice(0, -1)) } : { shift: undefined, moment: undefined });
  };

  return {
    edits, shift, changes: count, edit, move, undo,
    redo: history.redo,
    canRedo: history.canRedo,
    /** @param {string} tensor @param {number|null} channel @param {number} factor @param {How} [how] */
    scale: (tensor, channel, factor, how) => edit(scale(edits.peek(), tensor, channel, factor), how),
    clear: () => count.peek() > 0 && (history.change({ edits: undefined, shift: undefined, moment: undefined }), true),
    /** Another network: what was changed in the old one does not fit. */
    forget: history.forget,
  };
}
