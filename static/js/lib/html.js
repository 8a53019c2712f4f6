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
 * among them are called as they are by then. (A vnode kept for reuse would keep the tree it was
 * first drawn in.)
 * @template P
 * @param {(props: P) => VNode} view
 */
export const steady = (view) =>
  class extends Component {
    /** @type {Record<string, any>} */
    latest = {};
    /** @param {any} next */
    shouldComponentUpdate(next) {
      this.latest = next;
      return JSON.stringify(this.props) !== JSON.stringify(next);
    }
    /** @param {any} props */
    render(props) {
      this.latest = props;
      /** @param {[string, unknown]} prop */
      const current = ([name, value]) =>
        typeof value === "function" ? [name, (/** @type {any[]} */ ...all) => this.latest[name](...all)] : [name, value];
      return view(/** @type {P} */ (Object.fromEntries(Object.entries(props).map(current))));
    }
  };

/**
 * A component whose elements preact draws and whose numbers are written straight into them: where a
 * step changes only numbers, nothing is compared and nothing but those numbers is laid out.
 *
 *     props ── shape() ─> same as drawn? ── yes ─> write(element, props)
 *                                     └──── no ──> view(props, ref), then write(…)
 *
 * `view` must draw none of what `write` writes, or preact would compare with what is gone.
 * @template P
 * @param {(props: P) => unknown} shape what decides which elements there are, for JSON
 * @param {(props: P, ref: {current: any}) => VNode} view
 * @param {(element: HTMLElement, props: P) => void} write
 */
export const written = (shape, view, write) =>
  class extends Component {
    /** @type {{current: HTMLElement | null}} */
    element = { current: null };
    drawn = "";
    write() {
      if (this.element.current) write(this.element.current, /** @type {P} */ (this.props));
    }
    componentDidMount() {
      this.write();
    }
    componentDidUpdate() {
      this.write();
    }
    /** @param {any} next */
    shouldComponentUpdate(next) {
      if (JSON.stringify(shape(next)) !== this.drawn) return true;
      if (this.element.current) write(this.element.current, next);
      return false;
    }
    /** @param {any} props */
    render(props) {
      this.drawn = JSON.stringify(shape(props));
      return view(props, this.element);
    }
  };

export { Component, h, render, Fragment };
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState };
