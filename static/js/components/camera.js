/**
 * The camera as a picture: one photo, or frames as they come.
 *
 *   getUserMedia -> <video> -> a canvas, at most 640 px -> JPEG -> onPick({blob, name, live})
 *   live: a frame every 250 ms, the next not before the last was taken over
 *
 * The stream ends when the camera is closed, its panel is hidden or the page is left. No frame is
 * sent anywhere but to this server, and none is kept there.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { live as say } from "gridtime/components/live.js";

/** @typedef {{blob: File, name: string, live: boolean}} Frame */
/** @typedef {"off" | "asking" | "on" | "live"} State */

/** ms between frames of the live mode: four a second, so that a slow machine keeps up. */
export const EVERY = 250;
/** Px of a frame's longer side; the networks here read far less. */
const LARGEST = 640;
const NAME = "camera.jpg";

/**
 * What stands in the way of a camera in this browser, or "".
 * @param {{isSecureContext?: boolean, navigator?: {mediaDevices?: unknown}}} here
 */
export function obstacle(here) {
  if (!here.isSecureContext) return "The camera needs HTTPS or localhost. Take a photo with the button instead.";
  if (!here.navigator?.mediaDevices) return "This browser gives pages no camera. Take a photo with the button instead.";
  return "";
}

/** What a refusal means. @param {{name: string}} reason */
export function refusal({ name }) {
  if (name === "NotAllowedError") return "The camera was not allowed. Allow it beside the address, then try again.";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "No camera was found. Plug one in, or upload a picture.";
  if (name === "NotReadableError") return "Another program uses the camera. Close that one, then try again.";
  return "The camera did not start. Try again, or upload a picture.";
}

/** @param {number} width @param {number} height @returns {[number, number]} at most LARGEST */
export function frameSize(width, height) {
  const scale = Math.min(1, LARGEST / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** @param {HTMLVideoElement} video @returns {Promise<File | null>} null before the first frame */
async function grab(video) {
  if (!video.videoWidth) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = frameSize(video.videoWidth, video.videoHeight);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  return blob && new File([/** @type {Blob} */ (blob)], NAME, { type: "image/jpeg" });
}

/** @param {MediaStream | null} stream */
const end = (stream) => stream?.getTracks().forEach((track) => track.stop());

/** A stream that never outlives its use. @param {boolean} open */
export function useStream(open) {
  const [state, setState] = useState(/** @type {State} */ ("off"));
  const [trouble, setTrouble] = useState("");
  const stream = useRef(/** @type {MediaStream | null} */ (null));
  const wanted = useRef(false);
  const stop = () => {
    wanted.current = false;
    end(stream.current);
    stream.current = null;
    setState("off");
  };
  const start = async () => {
    setTrouble("");
    setState("asking");
    wanted.current = true;
    try {
      const got = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: LARGEST } },
      });
      if (!wanted.current) return end(got); // closed while the browser was asking
      stream.current = got;
      got.getVideoTracks()[0]?.addEventListener("ended", stop);
      setState("on");
    } catch (reason) {
      setState("off");
      setTrouble(refusal(/** @type {Error} */ (reason)));
    }
  };
  useEffect(() => {
    if (!open) stop();
  }, [open]);
  useEffect(() => {
    const hidden = () => document.hidden && stop();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      wanted.current = false;
      end(stream.current);
    };
  }, []);
  return { state, setState, trouble, stream, start, stop };
}

/** @param {{onFile: (file: File) => void, label: string}} props the phone's own camera, by a file field */
function Capture({ onFile, label }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const took = () => {
    const file = field.current?.files?.[0];
    if (file) onFile(file);
    if (field.current) field.current.value = "";
  };
  return html`<label class="button">${label}
    <input ref=${field} class="unseen" type="file" accept="image/*" capture="environment" onChange=${took} /></label>`;
}

/**
 * @param {{open: boolean, onPick: (frame: Frame) => void, onFile: (file: File) => void}} props
 *   open: the panel it stands in is on screen
 */
export function Camera({ open, onPick, onFile }) {
  const { state, setState, trouble, stream, start, stop } = useStream(open);
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const give = useRef(onPick);
  give.current = onPick;
  const on = state === "on" || state === "live";
  useEffect(() => {
    if (video.current && on) video.current.srcObject = stream.current;
  }, [on]);
  useEffect(() => {
    if (state !== "live") return undefined;
    let busy = false;
    const timer = setInterval(async () => {
      if (busy || !video.current) return;
      busy = true;
      const blob = await grab(video.current);
      busy = false;
      if (blob && stream.current) give.current({ blob, name: NAME, live: true });
    }, EVERY);
    return () => clearInterval(timer);
  }, [state]);
  const shoot = async () => {
    const blob = video.current && (await grab(video.current));
    if (!blob) return say("The camera shows nothing yet.");
    stop();
    onPick({ blob, name: NAME, live: false });
  };
  const why = typeof window === "undefined" ? "" : obstacle(window);
  if (why) return html`<div class="camera"><p class="small">${why}</p><${Capture} onFile=${onFile} label="Take a photo" /></div>`;
  if (!on) {
    return html`<div class="camera">
      <button type="button" class="button" disabled=${state === "asking"} onClick=${start}>${state === "asking" ? "Allow the camera…" : "Use the camera"}</button>
      ${trouble && html`<p class="trouble" role="alert">${trouble}</p><${Capture} onFile=${onFile} label="Take a photo" />`}
    </div>`;
  }
  return html`<div class="camera">
    <video ref=${video} autoplay playsinline muted aria-label="What the camera sees"></video>
    <div class="row">
      <button type="button" class="button" onClick=${shoot}>Take this picture</button>
      <button type="button" class="button" aria-pressed=${state === "live"}
        onClick=${() => setState(state === "live" ? "on" : "live")}>${state === "live" ? "Stop live" : "Live"}</button>
      <button type="button" class="button" onClick=${stop}>Close camera</button>
    </div>
    <p class="small" role="status">${state === "live" ? "Live: a frame is read every quarter of a second, each from the start." : "The picture stays in this browser."}</p>
  </div>`;
}
