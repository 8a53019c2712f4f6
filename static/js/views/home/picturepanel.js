/**
 * The picture passing through the CNN: each layer appears everywhere in one moment.
 *
 *   picture | wall of the 1st layer | wall of the 2nd | … | answer
 */
import { html, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { percent, plural } from "gridtime/math/format.js";
import { fitTiles } from "gridtime/math/tiles.js";
import { layersInLine } from "gridtime/math/waiting.js";
import { fill } from "gridtime/components/mapdrawing.js";
import { Busy } from "gridtime/components/busy.js";
import { Counter } from "gridtime/views/home/counter.js";
import { Wall } from "gridtime/views/home/wall.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {import("gridtime/views/home/wall.js").WallData} WallData */
/**
 * @typedef {object} Picture
 * @property {{shape: number[], data: ArrayLike<number>}} seen the picture as the network saw it, 0..255
 * @property {string} title
 * @property {Node[]} graph
 * @property {WallData[]} walls one for each layer with weights but the last
 * @property {{label: string, probability: number}[]} predictions
 */

/** @typedef {{picture: Picture, beat: number, theme: import("gridtime/math/colour.js").Theme}} WallsProps */

/** Before it is measured, rem. */
const PLACE = { width: 4, height: 16 };

/**
 * How large a wall's place is, in rem, and again after every change of the window.
 * @param {{current: HTMLElement | null}} list
 */
function usePlace(list) {
  const [place, setPlace] = useState(PLACE);
  useLayoutEffect(() => {
    const cell = list.current?.querySelector(".walls-cell");
    if (!cell) return undefined;
    const measure = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      setPlace({ width: cell.clientWidth / rem, height: cell.clientHeight / rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(cell);
    return () => observer.disconnect();
  }, []);
  return place;
}

/** @param {WallsProps} props */
function Walls({ picture, beat, theme }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const place = usePlace(list);
  return html`<ol class="walls" aria-label="Layers" ref=${list}>
    ${picture.walls.map((wall, i) => {
      const { side, columns } = fitTiles(wall.shape[0], place.width, place.height, 4);
      return html`<li class="walls-layer">
        <span class="walls-cell">
          <${Wall} wall=${wall} theme=${theme} columns=${columns} side=${side} lit=${beat > i} now=${beat === i + 1} />
        </span>
        <span class="walls-name">${plural(wall.shape[0], "map")}</span>
      </li>`;
    })}
  </ol>`;
}

/**
 * What the network saw, pixel by pixel.
 * @param {{seen: Picture["seen"], title: string, theme: import("gridtime/math/colour.js").Theme}} props
 */
function Seen({ seen, title, theme }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [planes, height, width] = seen.shape;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    const kind = planes === 3 ? "rgb" : "grey";
    fill({ values: seen.data, width, height, offset: 0, limit: 1, kind }, { theme, hatch: false }, image);
    context.putImageData(image, 0, 0);
  }, [seen]);
  return html`<canvas ref=${canvas} width=${width} height=${height} role="img" aria-label=${title}></canvas>
    <figcaption>${title}, <span class="num">${width} × ${height} px</span></figcaption>`;
}

/** @param {{predictions: Picture["predictions"], on: boolean}} props */
function Verdict({ predictions, on }) {
  const best = predictions[0];
  if (!best) return null;
  return html`<p class="verdict ${on ? "" : "is-ahead"}">
    <span class="verdict-words" aria-hidden=${!on}>
      <strong>${best.label}</strong> <span data-value=${best.probability}>${percent(best.probability)}</span>
    </span>
    <span class="track" aria-hidden="true">
      <span class="track-fill" style=${{ width: on ? `${best.probability * 100}%` : "0%" }}></span>
    </span>
  </p>`;
}

/**
 * @param {{picture: Picture | null, beat: number, theme: import("gridtime/math/colour.js").Theme}} props
 */
export function PicturePanel({ picture, beat, theme }) {
  const total = picture ? layersInLine(picture.graph) : 0;
  const text = total ? `Waiting line: ${plural(total, "layer")}, however large the picture` : "Waiting line: one place a layer";
  return html`<section class="panel" aria-label="CNN">
    <header class="panel-head">
      <h2>CNN: the whole picture at once</h2>
      ${picture && html`<${Verdict} predictions=${picture.predictions} on=${beat >= total} />`}
    </header>
    <div class="panel-body">
      ${!picture && html`<${Busy} />`}
      <figure class="subject">
        ${picture && html`<${Seen} seen=${picture.seen} title=${picture.title} theme=${theme} />`}
      </figure>
      ${picture && html`<${Walls} picture=${picture} beat=${beat} theme=${theme} />`}
    </div>
    <${Counter} total=${total} done=${beat} text=${text} />
  </section>`;
}
