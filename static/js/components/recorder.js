/**
 * A recording of the visitor's own: the microphone, or a file of sound.
 *
 *     getUserMedia -> MediaRecorder, at most LONGEST s -> blob ┐
 *     file field ───────────────────────────────────────> blob ┴─> onPick(blob)
 *
 * The stream ends with the recording, when the page is hidden or left. Nothing is sent anywhere but
 * to this server, and nothing is kept there.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";

/** @typedef {"off" | "asking" | "on"} State */

/** Seconds: one word is shorter. */
export const LONGEST = 4;
/** The server's bound on an upload. */
const LIMIT_MB = 15;

/**
 * What stands in the way of a microphone in this browser, or "".
 * @param {{isSecureContext?: boolean, navigator?: {mediaDevices?: unknown}, MediaRecorder?: unknown}} here
 */
export function obstacle(here) {
  if (!here.isSecureContext) return "The microphone needs HTTPS or localhost. Open a file of sound instead.";
  if (!here.navigator?.mediaDevices || !here.MediaRecorder) return "This browser gives pages no microphone. Open a file of sound instead.";
  return "";
}

/** What a refusal means. @param {{name: string}} reason */
export function refusal({ name }) {
  if (name === "NotAllowedError") return "The microphone was not allowed. Allow it beside the address, then try again.";
  if (name === "NotFoundError") return "No microphone was found. Plug one in, or open a file of sound.";
  if (name === "NotReadableError") return "Another program uses the microphone. Close that one, then try again.";
  return "The microphone did not start. Try again, or open a file of sound.";
}

/** What stands against a file before it is read, or "". @param {{type: string, size: number}} file */
export function objection({ type, size }) {
  if (type && !/^(audio|video)\//.test(type)) return "Not a recording we can read. Try WAV, MP3 or OGG.";
  if (size > LIMIT_MB * 1e6) return `This file is ${Math.ceil(size / 1e6)} MB; the limit is ${LIMIT_MB}. Save it shorter.`;
  return "";
}

/** @param {MediaStream | null} stream */
const end = (stream) => stream?.getTracks().forEach((track) => track.stop());

/** Records until it is stopped, or for LONGEST s. @param {(blob: Blob) => void} onPick */
function useRecording(onPick) {
  const [state, setState] = useState(/** @type {State} */ ("off"));
  const [trouble, setTrouble] = useState("");
  const running = useRef(/** @type {MediaRecorder | null} */ (null));
  const give = useRef(onPick);
  give.current = onPick;
  const stop = () => running.current?.state === "recording" && running.current.stop();
  const start = async () => {
    setTrouble("");
    setState("asking");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = new MediaRecorder(stream);
      running.current = recorder;
      const timer = setTimeout(stop, 1000 * LONGEST);
      recorder.addEventListener("dataavailable", ({ data }) => give.current(data));
      recorder.addEventListener("stop", () => (clearTimeout(timer), end(stream), setState("off")));
      recorder.start();
      setState("on");
    } catch (reason) {
      setState("off");
      setTrouble(refusal(/** @type {Error} */ (reason)));
    }
  };
  useEffect(() => {
    const hidden = () => void (document.hidden && stop());
    document.addEventListener("visibilitychange", hidden);
    return () => (document.removeEventListener("visibilitychange", hidden), void stop());
  }, []);
  return { state, trouble, start, stop };
}

/** @param {{onPick: (blob: Blob) => void}} props */
function FileField({ onPick }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const took = () => {
    const file = field.current?.files?.[0];
    if (!file) return;
    const against = objection(file);
    setTrouble(against);
    if (!against) onPick(file);
    if (field.current) field.current.value = "";
  };
  return html`<label class="button">Open a file
      <input ref=${field} class="unseen" type="file" accept="audio/*" onChange=${took} /></label>
    ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}`;
}

/** @param {{onPick: (blob: Blob) => void}} props */
export function Recorder({ onPick }) {
  const { state, trouble, start, stop } = useRecording(onPick);
  const why = typeof window === "undefined" ? "" : obstacle(window);
  const text = state === "on" ? "Stop recording" : state === "asking" ? "Allow the microphone…" : "Record a word";
  return html`<div class="recorder">
    ${why ? html`<p class="small">${why}</p>` : html`<button type="button" class="button" aria-pressed=${state === "on"} disabled=${state === "asking"} onClick=${state === "on" ? stop : start}>${text}</button>`}
    <${FileField} onPick=${onPick} />
    ${state === "on" && html`<p class="small" role="status">Say one digit, zero to nine. It stops by itself after ${LONGEST} s.</p>`}
    ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}
  </div>`;
}
