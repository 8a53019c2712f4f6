/**
 * Where a picture or a sentence comes in.
 *
 *   sample, file, drop anywhere, paste, pen, camera -> checked here -> onPick({sample} | {blob, name})
 *   typing, sample                          -> onText(text)
 */
import { html, steady, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { Camera } from "gridtime/components/camera.js";
import { DrawPad } from "gridtime/components/drawpad.js";

export { SentenceBox } from "gridtime/components/sentencebox.js";

/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {{sample: string} | {blob: Blob, name?: string, live?: boolean}} Picked live: one of many frames */

const LIMIT_MB = 15;
const READABLE = /^image\/(jpeg|png|webp|gif|bmp|x-ms-bmp|tiff)$/;

/**
 * What stands against a file before it is sent, or "".
 * @param {{type: string, size: number}} file
 */
export function objection({ type, size }) {
  // Without a type the server decides from the bytes.
  if (type && !READABLE.test(type)) return "Not a picture we can read. Try JPEG, PNG or WebP.";
  if (size > LIMIT_MB * 1e6) {
    return `This file is ${Math.ceil(size / 1e6)} MB; the limit is ${LIMIT_MB}. Save it smaller.`;
  }
  return "";
}

/**
 * The picture in a drop or a paste; null: there is none in it (text, say).
 * @param {DataTransfer | null} data
 */
function fileIn(data) {
  return data?.files?.[0] ?? null;
}

/**
 * Drop anywhere on the page, paste anywhere outside a text field.
 * @param {(file: File) => void} take
 */
function useDropAndPaste(take) {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    /** @param {DragEvent} event */
    const drag = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      if (event.defaultPrevented) return setOver(false); // a place of its own takes it
      event.preventDefault();
      setOver(true);
    };
    /** @param {DragEvent} event */
    const leave = (event) => !event.relatedTarget && setOver(false);
    /** @param {DragEvent} event */
    const drop = (event) => {
      const file = fileIn(event.dataTransfer);
      setOver(false);
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      latest.current(file);
    };
    /** @param {ClipboardEvent} event */
    const paste = (event) => {
      const file = fileIn(event.clipboardData);
      if (!file) return;
      event.preventDefault();
      latest.current(file);
    };
    /** @type {[string, any][]} */
    const all = [["dragover", drag], ["dragleave", leave], ["drop", drop], ["paste", paste]]; // prettier-ignore
    all.forEach(([name, handler]) => document.addEventListener(name, handler));
    return () => all.forEach(([name, handler]) => document.removeEventListener(name, handler));
  }, []);
  return over;
}

/**
 * @param {{sample: Sample, on: boolean, onPick: (picked: Picked) => void}} props
 */
function Sample({ sample, on, onPick }) {
  const title = sample.drawing ? `${sample.title} (drawing)` : sample.title;
  return html`<li>
    <button type="button" class="thumb" aria-pressed=${on} title=${sample.credit || title} onClick=${() => onPick({ sample: sample.name })}>
      <img src=${sample.url} alt="" width="72" height="72" loading="lazy" />
      <span>${title}</span>
    </button>
  </li>`;
}

const Thumb = steady(Sample);

/**
 * @param {{samples: Sample[], onPick: (picked: Picked) => void, drawing?: boolean | import("gridtime/components/drawpad.js").SheetKind,
 *   chosen?: string, trouble?: string, open?: boolean}} props
 *   drawing: offer a sheet to draw on, of which kind; chosen: name of the sample on screen; open: it can be seen
 */
export function PicturePicker({ samples, onPick, drawing = false, chosen, trouble = "", open = true }) {
  const [refused, setRefused] = useState("");
  const file = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {Picked} picked */
  const give = (picked) => {
    setRefused("");
    onPick(picked);
  };
  /** @param {File} taken */
  const take = (taken) => {
    const why = objection(taken);
    if (why) setRefused(why);
    else give({ blob: taken, name: taken.name });
  };
  const over = useDropAndPaste(take);
  const chose = () => {
    const taken = file.current?.files?.[0];
    if (taken) take(taken);
    if (file.current) file.current.value = ""; // the same file may be chosen again
  };
  return html`<div class="picker">
    <div class="picker-own">
      <label class="button">
        Upload a picture
        <input ref=${file} class="unseen" type="file" accept="image/*" onChange=${chose} />
      </label>
      <p class="legend-text">Drop a picture here, paste one, or pick a sample.</p>
    </div>
    <${Camera} open=${open} onPick=${give} onFile=${take} />
    <ul class="thumbs" aria-label="Samples">
      ${samples.map(
        (sample) => html`<${Thumb} key=${sample.name} sample=${sample} on=${sample.name === chosen} onPick=${give} />`,
      )}
    </ul>
    ${drawing && html`<${DrawPad} kind=${drawing === true ? undefined : drawing} onDraw=${(/** @type {Blob} */ blob) => give({ blob, name: "drawing.png" })} />`}
    ${(refused || trouble) && html`<p class="trouble" role="alert">${refused || trouble}</p>`}
    ${over && html`<div class="drop" aria-hidden="true"><p>Drop the picture anywhere.</p></div>`}
  </div>`;
}
