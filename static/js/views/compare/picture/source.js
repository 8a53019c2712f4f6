/**
 * Where the digit comes in, and what the networks then saw of it.
 *
 *     sample | upload | drawing | camera -> kept in this browser -> address
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { PicturePicker } from "gridtime/components/inputpicker.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */
/** @typedef {import("gridtime/components/inputpicker.js").Picked} Picked */

/** A drawing is kept once the pen has rested this long, in ms. */
const PEN_RESTS = 400;

/**
 * @param {Room} room
 * @param {(blob: Blob | undefined | ((now: Blob | undefined) => Blob | undefined)) => void} draw a stroke is read at once
 * @returns {(picked: Picked) => void}
 */
export function usePicking(room, draw) {
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {Blob} blob @param {boolean} push */
  const keep = async (blob, push) => {
    const picture = await room.stores.keep(blob);
    room.patch({ picture, sample: undefined, class: undefined }, { push });
    draw((now) => (now === blob ? undefined : now)); // from here on the address says what is read
  };
  return (picked) => {
    clearTimeout(timer.current);
    if ("sample" in picked) {
      draw(undefined);
      return room.patch({ sample: picked.sample, picture: undefined, class: undefined }, { push: true });
    }
    const moving = picked.live || picked.name === "drawing.png";
    draw(moving ? picked.blob : undefined);
    if (moving) timer.current = setTimeout(keep, PEN_RESTS, picked.blob, false);
    else keep(picked.blob, true);
  };
}

/** @param {{open: boolean, pair: Pair | null, samples: import("gridtime/api/client.js").Sample[], drawing: boolean | import("gridtime/components/drawpad.js").Sheet, onPick: (picked: Picked) => void, onClose: () => void}} props */
export function Picker({ open, pair, samples, drawing, onPick, onClose }) {
  return html`<section class="compare-picker" aria-label="New picture" hidden=${!open}>
    <header><h2>New picture</h2><button type="button" class="button" onClick=${onClose}>Close</button></header>
    <${PicturePicker} open=${open} samples=${samples} drawing=${drawing} chosen=${pair?.sample}
      onPick=${(/** @type {any} */ picked) => (onPick(picked), !picked.live && picked.name !== "drawing.png" && onClose())} />
  </section>`;
}

/** The picture that both read, as brightness 0 to 255. @param {Pair} pair @param {number} rows */
function brightness({ whole, atOnce, size }, rows) {
  const input = whole.tensors.get("input");
  const { mean, std } = atOnce.card.preprocessing;
  const plane = input ? input.data.length / mean.length : 0;
  return Array.from({ length: 3 * plane }, (_, i) => {
    const c = Math.min(mean.length - 1, Math.floor(i / plane));
    const shown = Math.floor((i % plane) / (plane / size)) < rows;
    const v = shown && input ? input.data[c * plane + (i % plane)] : 0;
    return Math.round(255 * Math.max(0, Math.min(1, v * std[c] + mean[c])));
  });
}

/** @param {{pair: Pair, rows: number, edge: number}} props edge: px */
export function Seen({ pair, rows, edge }) {
  const row = { top: `${(Math.max(0, rows - 1) / pair.size) * 100}%`, height: `${100 / pair.size}%` };
  return html`<div class="compare-seen" style=${{ width: `${edge / 16}rem` }}>
    <${CanvasMap} values=${brightness(pair, rows)} width=${pair.size} height=${pair.size} kind="rgb" size=${edge} label="What both networks see: the first ${rows} of ${pair.size} rows" />
    ${rows > 0 && rows < pair.size && html`<span class="compare-row" style=${row} aria-hidden="true"></span>`}
  </div>`;
}
