/**
 * A clip from elsewhere: a file that moves, or two seconds of the camera.
 *
 *     animated GIF or WebP ─────────────────────────────> onClip(blob)
 *     film -> the browser takes frames evenly ──> strip ─> onClip
 *     camera -> 3, 2, 1 -> frames for SECONDS ──> strip ─> onClip
 *
 * Nothing is sent anywhere but to this server, and nothing is kept there.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { filmStrip, frameSize, grab, stripFrom } from "gridtime/lib/strip.js";
import { obstacle, useStream } from "gridtime/components/camera.js";

const LIMIT_MB = 15;
/** Of a film that the browser decodes: nothing of it is sent but its frames. */
const FILM_MB = 200;
const SECONDS = 2;
const COUNTDOWN = 3;
const UNREADABLE = "This browser cannot read that film. Save it as an animated GIF or WebP, or as MP4.";

/** What stands against a file before it is read, or "". @param {{type: string, size: number}} file */
export function objection({ type, size }) {
  const film = type.startsWith("video/");
  if (type && !film && !/^image\/(gif|webp|png|apng)$/.test(type)) return "Not a clip we can read. Try an animated GIF or WebP, or a short film.";
  const limit = film ? FILM_MB : LIMIT_MB;
  if (size > limit * 1e6) return `This file is ${Math.ceil(size / 1e6)} MB; the limit is ${limit}. Cut it shorter.`;
  return "";
}

/** @param {{count: number, onClip: (blob: Blob) => void}} props */
export function FileClip({ count, onClip }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const took = async () => {
    const file = field.current?.files?.[0];
    if (field.current) field.current.value = "";
    if (!file) return;
    const against = objection(file);
    setTrouble(against);
    if (against) return;
    if (!file.type.startsWith("video/")) return onClip(new Blob([file], { type: "video/x-animation" }));
    try {
      onClip(await filmStrip(file, count));
    } catch {
      setTrouble(UNREADABLE);
    }
  };
  return html`<label class="button">Open a file
      <input ref=${field} class="unseen" type="file" accept="image/gif,image/webp,image/apng,video/*" onChange=${took} /></label>
    ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}`;
}

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {{count: number, open: boolean, onClip: (blob: Blob) => void}} props */
export function CameraClip({ count, open, onClip }) {
  const { state, trouble, stream, start, stop } = useStream(open);
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [left, setLeft] = useState(0);
  const [running, setRunning] = useState(false);
  const on = state === "on";
  useEffect(() => {
    if (video.current && on) video.current.srcObject = stream.current;
  }, [on]);
  const record = async () => {
    setRunning(true);
    for (let k = COUNTDOWN; k > 0; k -= 1) {
      setLeft(k);
      await wait(1000);
    }
    setLeft(0);
    const frames = [];
    for (let k = 0; k < count && video.current?.videoWidth; k += 1) {
      frames.push(grab(video.current, frameSize(video.current.videoWidth, video.current.videoHeight)));
      await wait((1000 * SECONDS) / count);
    }
    setRunning(false);
    if (frames.length < count) return; // the camera was closed meanwhile
    stop();
    onClip(await stripFrom(frames, [frames[0].width, frames[0].height]));
  };
  const why = typeof window === "undefined" ? "" : obstacle(window);
  if (why) return html`<p class="small">${why}</p>`;
  if (!on) {
    return html`<button type="button" class="button" disabled=${state === "asking"} onClick=${start}>${state === "asking" ? "Allow the camera…" : "Use the camera"}</button>
      ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}`;
  }
  return html`<div class="camera"><video ref=${video} autoplay playsinline muted aria-label="What the camera sees"></video>
    <div class="row"><button type="button" class="button" disabled=${running} onClick=${record}>Record ${SECONDS} seconds</button>
      <button type="button" class="button" onClick=${stop}>Close camera</button></div>
    <p class="small" role="status">${running ? (left ? `${left}…` : "Recording. Move one thing.") : "One thing before a plain wall works best. Left and right are those of this picture."}</p></div>`;
}
