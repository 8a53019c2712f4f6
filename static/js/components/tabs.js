/**
 * At most four tabs a room; the rest under More. All five fit a phone, with
 * the name of what is open under More in a line of its own.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";

/** @typedef {{id: string, title: string}} Tab */

const SHOWN = 4;

/**
 * @param {{tabs: Tab[], tab: string, onTab: (id: string) => void}} props
 */
export function Tabs({ tabs, tab, onTab }) {
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = tabs.slice(0, SHOWN);
  const more = tabs.slice(SHOWN);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const at = Math.max(0, shown.findIndex((row) => row.id === tab));
    const next = shown[(at + by + shown.length) % shown.length];
    onTab(next.id);
    /** @type {HTMLElement | null | undefined} */ (bar.current?.querySelector(`[data-tab="${next.id}"]`))?.focus();
  };
  const title = more.find((row) => row.id === tab)?.title; // a phone has it in a line of its own
  // One stop for Tab: the chosen tab, or the first while the choice is under More.
  const stop = shown.some((row) => row.id === tab) ? tab : shown[0]?.id;
  return html`<div class="tabs" ref=${bar}>
    <div class="tablist" role="tablist" aria-label="Views" onKeyDown=${key}>
      ${shown.map(
        (row) =>
          html`<button
            type="button"
            role="tab"
            class="tab"
            data-tab=${row.id}
            aria-selected=${row.id === tab}
            tabindex=${row.id === stop ? 0 : -1}
            onClick=${() => onTab(row.id)}
          >
            ${row.title}
          </button>`,
      )}
    </div>
    ${more.length > 0 && html`<${More} rows=${more} tab=${tab} onTab=${onTab} />`}
    ${title && html`<p class="tabs-title" aria-hidden="true">${title}</p>`}
  </div>`;
}

/**
 * @param {{rows: Tab[], tab: string, onTab: (id: string) => void}} props
 */
function More({ rows, tab, onTab }) {
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const chosen = rows.find((row) => row.id === tab);
  useEffect(() => {
    if (!open) return undefined;
    /** @param {Event} event */
    const outside = (event) => {
      if (!box.current?.contains(/** @type {globalThis.Node} */ (event.target))) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  /** The list goes; what has the focus must not go with it. @param {string} id */
  const pick = (id) => {
    box.current?.querySelector("button")?.focus();
    setOpen(false);
    onTab(id);
  };
  return html`<div class="more" ref=${box} onKeyDown=${key}>
    <button type="button" class="tab ${chosen ? "is-chosen" : ""}" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      More${chosen && html`<span class="more-title">: ${chosen.title}</span>`}
    </button>
    ${open &&
    html`<ul class="more-list">
      ${rows.map(
        (row) =>
          html`<li>
            <button type="button" aria-current=${row.id === tab ? "true" : undefined} onClick=${() => pick(row.id)}>
              ${row.title}
            </button>
          </li>`,
      )}
    </ul>`}
  </div>`;
}
