/**
 * The way back through some keys of the address.
 *
 *     change(next) --past--> undo --future--> redo
 *
 * It is kept for this page's life; a link carries what is changed, not how it came.
 */
import { computed, signal } from "@preact/signals-core";

/** @typedef {import("gridtime/stores/url.js").State} State */
/** @typedef {{along?: string}} How changes one after another with the same `along` are one step back */

/** Steps back that are kept. */
const DEEPEST = 200;

/**
 * @param {import("@preact/signals-core").Signal<State>} state
 * @param {(change: Partial<State>) => void} patch
 * @param {(keyof State)[]} keys
 */
export function createHistory(state, patch, keys) {
  const past = signal(/** @type {Partial<State>[]} */ ([]));
  const future = signal(/** @type {Partial<State>[]} */ ([]));
  /** @type {string|undefined} */
  let along;

  const snap = () => /** @type {Partial<State>} */ (Object.fromEntries(keys.map((key) => [key, state.peek()[key]])));

  /** @param {Partial<State>} next @param {How} [how] */
  const change = (next, how = {}) => {
    const same = how.along !== undefined && how.along === along;
    if (!same) past.value = [...past.peek().slice(1 - DEEPEST), snap()];
    along = how.along;
    future.value = [];
    patch(next);
  };

  /** @param {import("@preact/signals-core").Signal<Partial<State>[]>} from
   *  @param {import("@preact/signals-core").Signal<Partial<State>[]>} to @returns {boolean} */
  const go = (from, to) => {
    const list = from.peek();
    const next = list[list.length - 1];
    if (!next) return false;
    to.value = [...to.peek(), snap()];
    from.value = list.slice(0, -1);
    along = undefined;
    patch(next);
    return true;
  };

  return {
    change,
    undo: () => go(past, future),
    redo: () => go(future, past),
    /** A step back that was never made here: what a link brought. @param {Partial<State>} next */
    unmake: (next) => {
      future.value = [...future.peek(), snap()];
      patch(next);
      return true;
    },
    canRedo: computed(() => future.value.length > 0),
    forget: () => ((past.value = []), (future.value = []), (along = undefined)),
  };
}
