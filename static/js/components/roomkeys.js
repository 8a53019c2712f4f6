/**
 * A room's own keys, listed under "?" while it is open.
 *
 *     {key: what it does}, () => {key: act} --bind--> the act as it is when the key is pressed
 */
import { useEffect, useRef } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";

/** With a projector the arrows go through the stops. */
export const ARROWS = /^Arrow/;

/**
 * @param {Record<string, string>} keys what each does
 * @param {() => Record<string, (() => unknown) | undefined>} acts
 * @param {RegExp | null} [others] keys that are left to others
 */
export function useRoomKeys(keys, acts, others = null) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const own = Object.keys(keys).filter((key) => !others?.test(key));
    return bind(Object.fromEntries(own.map((key) => [key, () => latest.current()[key]?.()])), { description: keys });
  }, [String(others)]);
}
