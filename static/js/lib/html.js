/**
 * The one place where preact, its hooks and htm are named.
 *
 *   html`<p>${text}</p>` -> VNode -> render(vnode, element)
 */
import { Component, h, render, Fragment } from "preact";
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";
// Imported for its effect: a component that reads a signal is drawn again when the signal changes.
import "@preact/signals";

/** @typedef {import("preact").VNode<any>} VNode */
/** @typedef {import("preact").ComponentChildren} Children */

/**
 * htm keeps the vnodes of static parts and hands them out again; each then holds the whole tree it
 * was last drawn in, and the page grows with every redraw. A true `this[0]` tells htm not to.
 * @this {any[]}
 * @param {[any, any, ...any[]]} args
 */
function fresh(...args) {
  this[0] = 3;
  return h(...args);
}

/** @type {(strings: TemplateStringsArray, ...values: any[]) => VNode} */
export const html = /** @type {any} */ (htm.bind(/** @type {any} */ (fresh)));

/**
 * A component that is drawn again only when its props differ in what JSON says of them; functions
 * among them must stay good. (A vnode kept for reuse would keep the tree it was first drawn in.)
 * @param {(props: any) => VNode} view
 */
export const steady = (view) =>
  class extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      return JSON.stringify(this.props) !== JSON.stringify(next);
    }
    /** @param {any} props */
    render(props) {
      return view(props);
    }
  };

export { Component, h, render, Fragment };
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState };
