/**
 * The header: rooms from the pages table, the room's own actions, and how the page looks.
 *
 *   <main data-pages='[{path, title, …}]'> -> links | actions | present, size, theme, help
 */
import { html, steady } from "gridtime/lib/html.js";
import { helpOpen, present, textSize, theme, togglePresent, toggleTheme } from "gridtime/stores/ui.js";

/** @typedef {import("gridtime/lib/html.js").Children} Children */
/** @typedef {{path: string, name: string, title: string, room: string, nav: boolean}} PageRow */

const SIZES = [1, 1.25, 1.5, 2];

/** @type {PageRow[] | undefined} */
let rows;

/** @returns {PageRow[]} the pages table, put there by the template */
export function pageRows() {
  if (typeof document === "undefined") return [];
  rows ??= /** @type {PageRow[]} */ (JSON.parse(document.getElementById("app")?.dataset.pages ?? "[]"));
  return rows;
}

function nextSize() {
  const at = SIZES.indexOf(textSize.peek());
  textSize.value = SIZES[(at + 1) % SIZES.length];
}

/** On a phone the rooms scroll sideways: the one that is open is in sight. @param {HTMLElement | null} bar */
function showCurrent(bar) {
  requestAnimationFrame(() => {
    const here = /** @type {HTMLElement | null | undefined} */ (bar?.querySelector("[aria-current]"));
    if (bar && here) bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
  });
}

/** @param {{room: string}} props */
const Rooms = steady(({ room }) => {
  const shown = pageRows().filter((row) => row.nav && row.path !== "/");
  return html`<nav class="rooms" aria-label="Rooms" ref=${showCurrent}>
    <a class="brand" href="/" aria-current=${room === "home" ? "page" : undefined}>Gridtime</a>
    ${shown.map(
      (row) =>
        html`<a href=${row.path} aria-current=${row.room === room ? "page" : undefined}>${row.title}</a>`,
    )}
  </nav>`;
});

function Look() {
  const dark = theme.value === "dark";
  const size = `${Math.round(textSize.value * 100)} %`;
  return html`<div class="look">
    <button type="button" class="tool tool-present" onClick=${togglePresent} aria-pressed=${present.value} title="Present (F)">
      <span class="tool-word">Present</span><${Glyph} name="present" />
    </button>
    <button type="button" class="tool" onClick=${nextSize} aria-label=${`Text size ${size}`} title=${`Text size ${size}`}>
      <span aria-hidden="true">A<span class="bigger">A</span></span>
    </button>
    <button type="button" class="tool" onClick=${toggleTheme} aria-label=${dark ? "Light theme" : "Dark theme"} title=${`${dark ? "Light" : "Dark"} theme (T)`}>
      <${Glyph} name=${dark ? "light" : "dark"} />
    </button>
    <button type="button" class="tool" onClick=${() => (helpOpen.value = true)} aria-label="Help and keys" title="Help and keys (?)">
      <span aria-hidden="true">?</span>
    </button>
  </div>`;
}

/** @type {Record<string, string>} paths in a 20 x 20 box, drawn with the text's colour */
const GLYPHS = {
  present: "M3 4h14v9H3z M10 13v4 M7 17h6",
  light: "M10 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7 M10 1.5v2 M10 16.5v2 M1.5 10h2 M16.5 10h2 M4 4l1.4 1.4 M14.6 14.6L16 16 M4 16l1.4-1.4 M14.6 5.4L16 4",
  dark: "M16.5 12.2A7 7 0 0 1 7.8 3.5A7 7 0 1 0 16.5 12.2z",
};

/** @param {{name: string}} props */
export function Glyph({ name }) {
  return html`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true"><path d=${GLYPHS[name]} /></svg>`;
}

/** @param {{room: string, actions?: Children}} props */
export function Header({ room, actions }) {
  return html`<header class="header">
    <${Rooms} room=${room} />
    <div class="header-actions">${actions}</div>
    <${Look} />
  </header>`;
}
