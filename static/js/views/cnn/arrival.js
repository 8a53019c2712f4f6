/**
 * Where the keyboard is after a level was opened or left: on the map, not at the top of the page.
 *
 *     old view goes, its focus with it -> new view mounted -> its map takes the focus
 */

import { useEffect } from "gridtime/lib/html.js";

/** The first view of a page takes no focus: nothing was left. */
let first = true;

/**
 * @param {{current: HTMLElement|null}} ref the new view
 * @param {string} selector what in it takes the focus
 * @param {import("./room.js").Room} room in present mode a clicker needs the focus nowhere
 */
export function useArrival(ref, selector, room) {
  useEffect(() => {
    room.hover.value = null; // what was under the pointer is gone
    const lost = document.activeElement === document.body;
    if (!first && lost && !room.present.peek()) {
      /** @type {HTMLElement|null|undefined} */
      const target = ref.current?.querySelector(selector);
      target?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
}
