/**
 * Pixels of a map.
 *
 *   values -> one pixel a value (offscreen) -> scaled up without smoothing -> slashes on negatives
 */
import { activation, digitInk, colourOf, paint, probability, weight } from "gridtime/math/colour.js";

/** @typedef {"activation" | "weight" | "probability" | "grey" | "rgb"} MapKind */
/** @typedef {{values: ArrayLike<number>, width: number, height: number, offset: number, limit: number, kind: MapKind}} MapData */
/** @typedef {{theme: import("gridtime/math/colour.js").Theme, hatch: boolean, bare?: boolean}} Look `bare`: the sign is printed, no slash */

/** Cells this wide, in CSS px, carry a slash where the value is negative. */
const SLASH_FROM = 12;

/** @type {Record<string, (theme: import("gridtime/math/colour.js").Theme) => Uint8ClampedArray>} */
const SCALES = { activation, weight, probability };

/** @type {HTMLCanvasElement | undefined} one scratch canvas serves all maps */
let scratch;

/**
 * One pixel a value.
 * @param {MapData} data
 * @param {Look} look
 * @param {ImageData} image
 */
export function fill({ values, width, height, offset, limit, kind }, look, image) {
  if (kind in SCALES) {
    paint(values, width, height, limit, SCALES[kind](look.theme), image, offset);
    return;
  }
  const plane = kind === "rgb" ? width * height : 0;
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = values[offset + c * plane + i];
    image.data[i * 4 + 3] = 255;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {MapData} data
 * @param {Look} look
 * @param {[number, number]} cell px of a cell on the canvas, across and down
 */
function slashes(context, { values, width, height, offset, limit, kind }, look, [across, down]) {
  const colours = SCALES[kind](look.theme);
  context.lineWidth = Math.max(1, Math.min(across, down) / 16);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const v = values[offset + y * width + x];
      if (v >= 0) continue;
      context.strokeStyle = digitInk(colourOf(v, limit, colours));
      context.beginPath();
      for (let line = look.hatch ? 0.25 : 0.5; line < 1.5; line += look.hatch ? 0.5 : 1) {
        const low = Math.max(0, line - 1);
        const high = Math.min(1, line);
        context.moveTo((x + low) * across, (y + high) * down);
        context.lineTo((x + high) * across, (y + low) * down);
      }
      context.stroke();
    }
  }
}

/**
 * Draw a map at the canvas' own size in device pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {MapData} data
 * @param {Look} look
 */
export function drawMap(canvas, data, look) {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = canvas.getContext("2d");
  if (!context || !data.values.length) return;
  scratch ??= document.createElement("canvas");
  scratch.width = data.width;
  scratch.height = data.height;
  const small = scratch.getContext("2d");
  if (!small) return;
  const image = small.createImageData(data.width, data.height);
  fill(data, look, image);
  small.putImageData(image, 0, 0);
  canvas.width = width;
  canvas.height = height;
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, 0, 0, width, height);
  const [across, down] = [width / data.width, height / data.height];
  const side = Math.min(across, down);
  const signed = data.kind === "activation" || data.kind === "weight";
  if (signed && !look.bare && (look.hatch ? side >= 4 * ratio : side >= SLASH_FROM * ratio)) {
    slashes(context, data, look, [across, down]);
  }
}
