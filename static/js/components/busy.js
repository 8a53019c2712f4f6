/**
 * "Computing…", only where it lasts longer than 150 ms. The old drawing stays meanwhile.
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";

const PATIENCE = 150;

/** @param {{on?: boolean}} props */
export function Busy({ on = true }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!on) return undefined;
    const timer = setTimeout(setLate, PATIENCE, true);
    return () => clearTimeout(timer);
  }, [on]);
  return html`<span class="busy" role="status">${on && late ? "Computing…" : ""}</span>`;
}
