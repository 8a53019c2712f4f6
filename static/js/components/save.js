/**
 * "Save": what is on screen as a file.
 *
 *   items [{label, name, make}] -> a button that opens their list -> make() -> Blob -> download
 *
 * `plotFiles` and `mapFiles` give the usual items; any view may mount the menu beside its plot.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { greyPng } from "gridtime/lib/png.js";
import { activation, colourOf } from "gridtime/math/colour.js";
import { csv, fileName, limitsSay, mapRows, toLevels } from "gridtime/math/files.js";
import { live } from "gridtime/components/live.js";

/** @typedef {{label: string, name: string, make: () => Blob | Promise<Blob>}} Item */
/** @typedef {{values: ArrayLike<number>, width: number, height: number, limit: number}} MapValues */

/** Gives a file to the visitor. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link); // Firefox follows no link outside the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A drawn SVG as a file of its own: with the colours and letters that the page's style gives it.
 *  @param {SVGSVGElement} svg @returns {string} */
export function svgText(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-family", "text-anchor", "dominant-baseline"];
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value) /** @type {SVGElement} */ (to[i]).style.setProperty(name, value);
    }
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

/** @param {BlobPart} text @param {string} type */
const blobOf = (text, type) => new Blob([text], { type });

/**
 * @param {string} name without ending
 * @param {{svg?: () => string | SVGSVGElement | null | undefined, rows?: () => unknown[][]}} plot
 *   svg: its text, or the element on the page; rows: with the names of the columns first
 * @returns {Item[]}
 */
export function plotFiles(name, { svg, rows }) {
  /** @type {Item[]} */
  const items = [];
  if (svg) {
    items.push({ label: "SVG", name: `${name}.svg`, make: () => {
      const drawn = svg();
      return blobOf(typeof drawn === "string" ? drawn : drawn ? svgText(drawn) : "", "image/svg+xml");
    } });
  }
  if (rows) items.push({ label: "CSV", name: `${name}.csv`, make: () => blobOf(csv(rows()), "text/csv") });
  return items;
}

/** Px of the longer side of a coloured picture, at least. */
const SHARP = 512;

/** @param {MapValues} map @param {import("gridtime/math/colour.js").Theme} theme @returns {Promise<Blob>} */
function coloured({ values, width, height, limit }, theme) {
  const scale = Math.max(1, Math.ceil(SHARP / Math.max(width, height)));
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (let i = 0; i < width * height; i++) {
    const v = values[i] ?? NaN;
    if (Number.isNaN(v)) continue;
    context.fillStyle = `rgb(${colourOf(v, limit, activation(theme)).join(" ")})`;
    context.fillRect((i % width) * scale, Math.floor(i / width) * scale, scale, scale);
  }
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("No picture could be made."))), "image/png"));
}

/**
 * A map: coloured as on screen, raw, and as numbers.
 * @param {string} name @param {MapValues} map @param {import("gridtime/math/colour.js").Theme} theme
 * @returns {Item[]}
 */
export function mapFiles(name, map, theme) {
  return [
    { label: "PNG, as coloured", name: `${name}.png`, make: () => coloured(map, theme) },
    { label: "PNG, raw grey, 16 bit", name: `${name}-raw.png`, make: async () => {
      const { levels, low, high } = toLevels(map.values);
      const bytes = await greyPng(levels, map.width, map.height, { Description: limitsSay(low, high) });
      return blobOf(/** @type {any} */ (bytes), "image/png");
    } },
    { label: "CSV", name: `${name}.csv`, make: () => blobOf(csv(mapRows(map.values, map.width)), "text/csv") },
  ];
}

/** One file. @param {{item: Item, class?: string, onDone?: () => void}} props */
export function SaveButton({ item, class: name = "button", onDone }) {
  const [trouble, setTrouble] = useState("");
  const save = async () => {
    setTrouble("");
    try {
      download(await item.make(), fileName(item.name));
      live(`Saved ${item.name}`);
      onDone?.();
    } catch (reason) {
      setTrouble(/** @type {Error} */ (reason).message || "That could not be saved. Try again.");
    }
  };
  return html`<button type="button" class=${name} onClick=${save}>${item.label}</button>
    ${trouble && html`<span class="trouble" role="alert">${trouble}</span>`}`;
}

/** @param {{items: Item[], label?: string}} props label: what is saved, for a screen reader */
export function SaveMenu({ items, label = "this" }) {
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!open) return undefined;
    const away = (/** @type {Event} */ event) => !box.current?.contains(/** @type {Node} */ (event.target)) && setOpen(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    /** @type {HTMLElement|null|undefined} */ (box.current?.querySelector("button"))?.focus();
  };
  return html`<span class="save-menu" ref=${box} onKeyDown=${key}>
    <button type="button" class="link" aria-expanded=${open} aria-label=${`Save ${label}`} onClick=${() => setOpen(!open)}>Save ▾</button>
    ${open && html`<ul class="save-list">
      ${items.map((item) => html`<li key=${item.name}><${SaveButton} item=${item} class="save-item" onDone=${() => setOpen(false)} /></li>`)}
    </ul>`}
  </span>`;
}
