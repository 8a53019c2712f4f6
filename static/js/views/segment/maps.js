/**
 * One layer opened: all its maps as a wall, the chosen one large, a cell of it and what that sees.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Legend } from "gridtime/components/legend.js";
import { Switch } from "gridtime/components/switch.js";
import { fieldWords, inputSize } from "gridtime/math/fields.js";
import { networkRange, ranges } from "gridtime/math/scales.js";
import { pixelOf } from "gridtime/math/unet.js";
import { wall } from "gridtime/math/wall.js";
import { rootScale } from "gridtime/views/cnn/size.js";
import { Wall } from "gridtime/views/cnn/wall.js";
import { cellIn, channelOf, layerOf } from "gridtime/views/segment/scene.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

/** Edge of a tile, in px at root 16. */
const EDGE = 40;

/** Which layer of the stage. @param {{room: Room, read: Read}} props */
function Layers({ room, read }) {
  const layer = layerOf(room.address, read);
  const stage = read.net.u.stages.find(({ layers }) => layers.includes(layer));
  if (!stage) return null;
  return html`<${Switch} name="Layer of this stage" chosen=${layer.name} options=${stage.layers.map(({ name, op }) => ({ id: name, text: name, title: `${name}: ${op}` }))}
    onPick=${(/** @type {string} */ name) => room.patch({ layer: name, channel: undefined })} />`;
}

/** @param {{room: Room, read: Read, size: number, columns: number}} props size: px at root 16 of the large map; columns: tiles in a row */
export function Opened({ room, read, size, columns }) {
  const [under, setUnder] = useState(/** @type {[number, number] | null} */ (null));
  const { address, patch, look } = room;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const layer = layerOf(address, read);
  const tensor = /** @type {any} */ (read.tensors.get(layer.name));
  const edge = Math.round(EDGE * rootScale());
  const shown = Math.floor(channelOf(address, read, layer) / columns) * edge;
  useEffect(() => {
    // The wall scrolls by itself: the chosen map stays in sight, the page where it is.
    if (box.current && (shown < box.current.scrollTop || shown + edge > box.current.scrollTop + box.current.clientHeight)) box.current.scrollTop = shown - edge;
  }, [shown, layer.name]);
  if (!tensor) return html`<section class="seg-opened"><${Layers} room=${room} read=${read} /></section>`;
  const [channels, height, width] = tensor.shape;
  const range = ranges(tensor);
  const channel = channelOf(address, read, layer);
  const cell = cellIn(address, read, layer);
  const input = inputSize(read.net.graph);
  const limit = range.range.limit || 1;
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!by) return;
    event.preventDefault();
    patch({ layer: layer.name, channel: Math.max(0, Math.min(channels - 1, channel + by)) });
  };
  return html`<section class="seg-opened" aria-label="Maps of ${layer.name}">
    <${Layers} room=${room} read=${read} />
    <div class="seg-large">
      <${CanvasMap} values=${tensor.data} offset=${channel * width * height} width=${width} height=${height} limit=${limit} size=${size} chosen=${cell} table=${true}
        label="Channel ${channel} of ${layer.name}, ${width} × ${height}" onMove=${setUnder} onChoose=${(/** @type {[number, number]} */ at) => patch({ layer: layer.name, channel, cell: pixelOf(layer, at, input) })} />
      <p class="small">Channel ${channel} of ${channels}. ${fieldWords(read.net.graph, layer, under ?? cell)}</p>
    </div>
    <div ref=${box} class="seg-wall" role="application" tabindex="0" aria-label="All ${channels} maps of ${layer.name}. Channel ${channel} is shown; arrows choose another." onKeyDown=${key}>
      <${Wall} layer=${layer.name} tensor=${tensor} range=${range} scope="layer" network=${networkRange([range])} size=${wall(channels, columns, edge, 0)} theme=${look.theme} chosen=${channel}
        label="All maps of ${layer.name}" onPick=${(/** @type {number} */ c) => patch({ layer: layer.name, channel: c })} />
    </div>
    <${Legend} limit=${limit} from=${range.range.least >= 0 ? 0 : undefined} scope=${layer.name} />
  </section>`;
}
