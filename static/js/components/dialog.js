/**
 * A native modal dialog: the browser keeps the focus inside and Esc closes it.
 */
import { html, useId, useLayoutEffect, useRef } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/lib/html.js").Children} Children */

/**
 * @param {{open: boolean, title: string, onClose: () => void, wide?: boolean, children?: Children}} props
 */
export function Dialog({ open, title, onClose, wide = false, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  // At once: the next key must find the dialog open.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  /** @param {MouseEvent} event */
  const outside = (event) => event.target === box.current && onClose();
  return html`<dialog
    ref=${box}
    class="dialog ${wide ? "dialog-wide" : ""}"
    aria-labelledby=${id}
    onClose=${onClose}
    onClick=${outside}
  >
    ${open &&
    html`<div class="dialog-body">
      <header class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="button" onClick=${onClose}>Close</button>
      </header>
      ${children}
    </div>`}
  </dialog>`;
}
