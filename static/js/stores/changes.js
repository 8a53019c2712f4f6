/**
 * What the visitor changed, and the way back.
 *
 *     URL {edits, shift, moment} --> edits, shift, moment (signals)
 *     edit, move, clear --past--> undo --future--> redo
 *
 * The way back is kept for this page's life; a link carries what is changed, not how it came.
 */
import { computed, signal } from "@preact/signals-core";
import { MOST, format, parse, scale } from "gridtime/math/edits.js";

/** @typedef {import("gridtime/math/edits.js").Edit} Edit */
/** @typedef {import("gridtime/stores/url.js").State} State */
/** @typedef {Pick<State, "edits" | "shift" | "moment">} Snap */
/** @typedef {{along?: string}} How changes one after another with the same `along` are one step back */
/** @typedef {ReturnType<typeof createChanges>} Changes */

/** The furthest that the server moves a picture. */
const FURTHEST = 32;
/** Steps back that are kept. */
const DEEPEST = 200;

/** @param {number} v */
const near = (v) => Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(v)));

/** @param {State} state @returns {Snap} */
const snapOf = ({ edits, shift, moment }) => ({ edits, shift, moment });

/**
 * @param {import("@preact/signals-core").Signal<State>} state
 * @param {(change: Partial<State>) => void} patch
 */
export function createChanges(state, patch) {
  const past = signal(/** @type {Snap[]} */ ([]));
  const future = signal(/** @type {Snap[]} */ ([]));
  /** @type {string|undefined} */
  let along;

  const edits = computed(() => parse(state.value.edits));
  const shift = computed(() => {
    const [dx, dy] = state.value.shift ?? [0, 0];
    return /** @type {[number, number]} */ ([near(dx), near(dy)]);
  });
  const count = computed(() => {
    const [dx, dy] = shift.value;
    return edits.value.length + (dx || dy ? 1 : 0) + (state.value.moment === undefined ? 0 : 1);
  });

  /** @param {Snap} next @param {How} [how] */
  const change = (next, how = {}) => {
    const same = how.along !== undefined && how.along === along;
    if (!same) past.value = [...past.peek().slice(1 - DEEPEST), snapOf(state.peek())];
    along = how.along;
    future.value = [];
    patch(next);
  };

  /** @param {Edit[]} list @param {How} [how] */
  const edit = (list, how) => change({ ...snapOf(state.peek()), edits: format(list.slice(0, MOST)) }, how);

  /** @param {[number, number]} by @param {How} [how] */
  const move = ([dx, dy], how) => {
    const to = /** @type {[number, number]} */ ([near(dx), near(dy)]);
    change({ ...snapOf(state.peek()), shift: to[0] || to[1] ? to : undefined }, how);
  };

  /** @param {import("@preact/signals-core").Signal<Snap[]>} from
   *  @param {import("@preact/signals-core").Signal<Snap[]>} to @returns {boolean} */
  const go = (from, to) => {
    const list = from.peek();
    const next = list[list.length - 1];
    if (!next) return false;
    to.value = [...to.peek(), snapOf(state.peek())];
    from.value = list.slice(0, -1);
    along = undefined;
    patch(next);
    return true;
  };

  /** A link's changes have no past: the last edit of its list goes first. @returns {boolean} */
  const undo = () => {
    if (go(past, future)) return true;
    const list = edits.peek();
    if (!count.peek()) return false;
    future.value = [...future.peek(), snapOf(state.peek())];
    patch(list.length ? { edits: format(list.slice(0, -1)) } : { shift: undefined, moment: undefined });
    return true;
  };

  return {
    edits, shift, changes: count, edit, move, undo,
    redo: () => go(future, past),
    canRedo: computed(() => future.value.length > 0),
    /** @param {string} tensor @param {number|null} channel @param {number} factor @param {How} [how] */
    scale: (tensor, channel, factor, how) => edit(scale(edits.peek(), tensor, channel, factor), how),
    clear: () => count.peek() > 0 && (change({ edits: undefined, shift: undefined, moment: undefined }), true),
    /** Another network: what was changed in the old one does not fit. */
    forget: () => ((past.value = []), (future.value = [])),
  };
}
