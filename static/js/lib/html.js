/**
 * The one place where preact, its hooks and htm are named.
 *
 *   html`<p>${text}</p>` -> VNode -> render(vnode, element)
 */
import { h, render, Fragment } from "preact";
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";
// Imported for its effect: a component that reads a signal is drawn again when the signal changes.
import "@preact/signals";

/** @typedef {import("preact").VNode<any>} VNode */
/** @typedef {import("preact").ComponentChildren} Children */

/** @type {(strings: TemplateStringsArray, ...values: any[]) => VNode} */
export const html = /** @type {any} */ (htm.bind(/** @type {any} */ (h)));

export { h, render, Fragment };
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState };
