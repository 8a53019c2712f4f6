/**
 * Frames as one tall picture, the first on top: what the server reads as a clip.
 *
 *     draw(context, k) for each frame -> stripOf -> PNG
 *     film (MP4, WebM, …) -> filmStrip: the browser decodes it, frames are taken evenly -> PNG
 */

/** The type that a strip is kept under in this browser; it is PNG. */
export const STRIP = "video/x-strip";
/** Px of a frame's longer side; the networks here read far less. */
const LARGEST = 160;
const PATIENCE = 8000;

/** @param {number} width @param {number} height @returns {[number, number]} at most LARGEST */
export function frameSize(width, height) {
  const scale = Math.min(1, LARGEST / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const png = (canvas) =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(new Blob([blob], { type: STRIP })) : reject(new Error("no picture")))));

/**
 * @param {number} count @param {[number, number]} size of a frame
 * @param {(context: CanvasRenderingContext2D, k: number) => void} draw  frame k, its corner at 0, 0
 */
export async function stripOf(count, [width, height], draw) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height * count];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  for (let k = 0; k < count; k += 1) {
    context.save();
    context.beginPath();
    context.rect(0, k * height, width, height);
    context.clip();
    context.translate(0, k * height);
    draw(context, k);
    context.restore();
  }
  return png(canvas);
}

/** @param {CanvasImageSource[]} frames of one size @param {[number, number]} size */
export const stripFrom = (frames, size) => stripOf(frames.length, size, (context, k) => context.drawImage(frames[k], 0, 0, ...size));

/** What a <video> shows now, small. @param {HTMLVideoElement} video @param {[number, number]} size */
export function grab(video, size) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = size;
  canvas.getContext("2d")?.drawImage(video, 0, 0, ...size);
  return canvas;
}

/** @param {HTMLVideoElement} video @param {string} name of the event */
const heard = (video, name) =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("too slow")), PATIENCE);
    video.addEventListener(name, () => (clearTimeout(late), resolve(true)), { once: true });
    video.addEventListener("error", () => (clearTimeout(late), reject(new Error("unreadable"))), { once: true });
  });

/** A film's length; some recorders write none, and a browser finds it at the end. @param {HTMLVideoElement} video */
async function lengthOf(video) {
  if (Number.isFinite(video.duration)) return video.duration;
  const found = heard(video, "durationchange");
  video.currentTime = 1e6;
  await found;
  return video.duration;
}

/** @param {Blob} film @param {number} count frames, evenly from the first to the last */
export async function filmStrip(film, count) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(film);
  try {
    Object.assign(video, { muted: true, preload: "auto", src: address });
    await heard(video, "loadeddata");
    const length = await lengthOf(video);
    const size = frameSize(video.videoWidth, video.videoHeight);
    const frames = [];
    for (let k = 0; k < count; k += 1) {
      const there = heard(video, "seeked");
      video.currentTime = Math.max(0, (length - 0.04) * (k / (count - 1)));
      await there;
      frames.push(grab(video, size));
    }
    return await stripFrom(frames, size);
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(address);
  }
}
