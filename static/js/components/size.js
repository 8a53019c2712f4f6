/**
 * The size of an element and the root font, so that canvases can be drawn to fit both.
 */

import { useLayoutEffect, useState } from "gridtime/lib/html.js";

/** @typedef {{width: number, height: number, rem: number}} Size `rem`: px of 1/16 root, 1 at 16 px */

/** @returns {number} how many px a px at root 16 is now */
export function rootScale() {
  if (typeof document === "undefined") return 1;
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/**
 * @param {{current: HTMLElement|null}} ref
 * @param {unknown[]} [again] what else changes it: present mode, text size
 * @returns {Size}
 */
export function useSize(ref, again = []) {
  const [size, setSize] = useState({ width: 0, height: 0, rem: 1 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => {
      const rem = rootScale();
      const { clientWidth: width, clientHeight: height } = element;
      setSize((old) => old.width === width && old.height === height && old.rem === rem
        ? old : { width, height, rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, again);
  return size;
}
