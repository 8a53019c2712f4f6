/**
 * What the visitor changed about a reading, and the way back.
 *
 *     URL {edits, text, against} --> edits (clamp, state), reworded
 *     edit, reword, clear --history--> undo, redo
 *
 * Changed words are another text; `against` keeps the one before. Without it nothing was reworded.
 */
import { computed } from "@preact/signals-core";
import { MOST, format as written } from "gridtime/math/edits.js";
import { lasting, parse } from "gridtime/math/clamps.js";
import { createHistory } from "gridtime/stores/history.js";

/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {import("gridtime/stores/url.js").State} State */
/** @typedef {import("gridtime/stores/history.js").How} How */
/** @typedef {ReturnType<typeof createInterventions>} Interventions */

/** @param {Edit[]} list @returns {string | undefined} */
const format = (list) => written(/** @type {any[]} */ (list.slice(0, MOST)));

/**
 * @param {import("@preact/signals-core").Signal<State>} state
 * @param {(change: Partial<State>, how?: {push?: boolean}) => void} patch
 */
export function createInterventions(state, patch) {
  const history = createHistory(state, patch, ["edits", "text", "sample", "against", "step"]);
  const edits = computed(() => parse(state.value.edits));
  /** The text before its words were changed. */
  const against = computed(() => {
    const { text, against } = state.value;
    return against !== undefined && text !== undefined && against !== text ? against : undefined;
  });
  const changes = computed(() => edits.value.length + (against.value === undefined ? 0 : 1));

  /** @param {Edit[]} list @param {How} [how] */
  const edit = (list, how) => history.change({ edits: format(list), stop: undefined }, how);

  /**
   * @param {string} text the new one @param {string} was the one that is read now
   * @param {{edits?: Edit[], step?: number}} [more] what else moves with its words
   */
  const reword = (text, was, { edits: list = edits.peek(), step } = {}) => {
    const first = against.peek() ?? was;
    const words = { text, sample: undefined, against: first === text ? undefined : first };
    history.change({ ...words, edits: format(list), step, stop: undefined });
  };

  /** The text as it was, the network as it is. @returns {Partial<State>} */
  const nothing = () => ({
    edits: undefined, against: undefined,
    ...(against.peek() === undefined ? {} : { text: against.peek(), sample: undefined }),
  });

  /** These edits and nothing else. @param {Edit[]} list @param {number} step the word to look at */
  const only = (list, step) => history.change({ ...nothing(), edits: format(list), step, stop: undefined });

  /** What a link brought has no past: its last edit goes first, then its words. */
  const undo = () => {
    if (history.undo()) return true;
    const list = edits.peek();
    if (!changes.peek()) return false;
    return history.unmake(list.length ? { edits: format(list.slice(0, -1)) } : nothing());
  };

  return {
    edits, against, changes, edit, only, reword, undo,
    redo: history.redo,
    canRedo: history.canRedo,
    clear: () => changes.peek() > 0 && (history.change(nothing()), true),
    /** The words alone as they were. */
    restore: () => history.change({ ...nothing(), edits: format(lasting(edits.peek())) }),
    /** Another sentence: what belonged to words of the old one goes, and the way back. @returns {Partial<State>} */
    leave: () => {
      history.forget();
      return { against: undefined, edits: format(lasting(edits.peek())) };
    },
    forget: history.forget,
  };
}
