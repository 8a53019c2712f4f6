/**
 * The picture passing through the CNN: each layer appears everywhere in one moment.
 *
 *   picture | wall of the 1st layer | wall of the 2nd | … | answer
 */
import { html } from "gridtime/lib/html.js";
import { percent, plural } from "gridtime/math/format.js";
import { fitTiles } from "gridtime/math/tiles.js";
import { layersInLine } from "gridtime/math/waiting.js";
import { Counter } from "gridtime/views/home/counter.js";
import { Wall } from "gridtime/views/home/wall.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {import("gridtime/views/home/wall.js").WallData} WallData */
/**
 * @typedef {object} Picture
 * @property {string} url the sample itself
 * @property {string} title
 * @property {Node[]} graph
 * @property {WallData[]} walls one for each layer with weights but the last
 * @property {{label: string, probability: number}[]} predictions
 */

/**
 * @typedef {object} PanelBox
 * @property {number} width of the walls' place, in rem
 * @property {number} height
 */

/** @param {{picture: Picture, box: PanelBox, beat: number, theme: import("gridtime/math/colour.js").Theme}} props */
function Walls({ picture, box, beat, theme }) {
  const counts = picture.walls.map((wall) => wall.shape[0]);
  const { side, columns } = fitTiles(counts, { width: box.width * 16, height: box.height * 16, gap: 12, narrowest: 32 });
  return html`<ol class="walls" aria-label="Layers">
    ${picture.walls.map(
      (wall, i) =>
        html`<li class="walls-layer" style=${{ height: `${box.height}rem` }}>
          <${Wall} wall=${wall} theme=${theme} columns=${columns[i]} side=${side / 16} lit=${beat > i} now=${beat === i + 1} />
        </li>`,
    )}
  </ol>`;
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
 * @param {{picture: Picture | null, box: PanelBox, beat: number, theme: import("gridtime/math/colour.js").Theme}} props
 */
export function PicturePanel({ picture, box, beat, theme }) {
  const total = picture ? layersInLine(picture.graph) : 0;
  const text = total ? `Waiting line: ${plural(total, "layer")}, however large the picture` : "Waiting line: one place a layer";
  return html`<section class="panel" aria-label="CNN">
    <header class="panel-head">
      <h2>CNN: the whole picture at once</h2>
      ${picture && html`<${Verdict} predictions=${picture.predictions} on=${beat >= total} />`}
    </header>
    <div class="panel-body">
      <figure class="subject">
        ${picture && html`<img src=${picture.url} alt=${picture.title} width="128" height="128" />`}
        <figcaption>${picture?.title}</figcaption>
      </figure>
      ${picture && html`<${Walls} picture=${picture} box=${box} beat=${beat} theme=${theme} />`}
    </div>
    <${Counter} total=${total} done=${beat} text=${text} />
  </section>`;
}
