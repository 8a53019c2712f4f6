/**
 * A shape of one's own that is dragged about: a clip made by hand.
 *
 *     drawn on a sheet ─┐
 *     a star, if not ───┴─> on a board: press and drag for about two seconds -> poses in time
 *                           or a path from the list                          -> poses
 *       -> as many frames as the network reads, evenly in time -> strip -> onClip(blob)
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { stripOf } from "gridtime/lib/strip.js";
import { DrawPad } from "gridtime/components/drawpad.js";
import { PATHS, picked, poseAt, resting, stands } from "gridtime/math/clip.js";

/** @typedef {import("gridtime/math/clip.js").Pose} Pose */
/** @typedef {import("gridtime/math/clip.js").Moment} Moment */

const SIDE = 280;
/** Px of a frame; ms that a drag is recorded, and must last. */
const FRAME = 120;
const LONGEST = 3000;
const SHORTEST = 350;
const PAPER = "#FFF";
const TOO_SHORT = "Too short. Press, then drag it for about two seconds.";
const STILL = "It did not move. Press, drag it somewhere, and let go.";

/** A five-pointed star, in a square of `side`. @param {CanvasRenderingContext2D} context @param {number} side */
function star(context, side) {
  context.beginPath();
  for (let k = 0; k < 10; k += 1) {
    const [r, angle] = [k % 2 ? 0.17 : 0.42, (Math.PI * k) / 5 - Math.PI / 2];
    context.lineTo(side * (0.5 + r * Math.cos(angle)), side * (0.5 + r * Math.sin(angle)));
  }
  context.closePath();
  Object.assign(context, { lineWidth: side / 14, lineJoin: "round", strokeStyle: "#000" });
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {CanvasImageSource | null} shape @param {Pose} pose @param {number} side */
function paint(context, shape, { x, y, size }, side) {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, side, side);
  context.save();
  context.translate((x - size / 2) * side, (y - size / 2) * side);
  if (shape) context.drawImage(shape, 0, 0, size * side, size * side);
  else star(context, size * side);
  context.restore();
}

/**
 * @param {{count: number, onClip: (blob: Blob) => void}} props count: frames of a clip
 */
export function Mover({ count, onClip }) {
  const board = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const shape = useRef(/** @type {CanvasImageSource | null} */ (null));
  const pose = useRef(resting());
  const [path, setPath] = useState(PATHS[1]);
  const [says, setSays] = useState("");
  const give = useRef(onClip);
  give.current = onClip;
  const show = () => {
    const context = board.current?.getContext("2d");
    if (context) paint(context, shape.current, pose.current, SIDE);
  };
  /** @param {Pose[]} poses */
  const film = async (poses) => {
    if (stands(poses)) return setSays(STILL);
    setSays("");
    give.current(await stripOf(count, [FRAME, FRAME], (context, k) => paint(context, shape.current, poses[k], FRAME)));
  };
  useEffect(() => {
    show();
    return board.current ? listen(board.current, pose, show, setSays, (moments) => film(picked(moments, count))) : undefined;
  }, [count]);
  /** @param {Blob} blob */
  const drew = async (blob) => {
    shape.current = await createImageBitmap(blob);
    show();
  };
  const cleared = () => {
    shape.current = null;
    show();
  };
  return html`<div class="mover">
    <div><p class="mover-says">1. Draw a shape, or keep the star.</p><${DrawPad} onDraw=${drew} onClear=${cleared} hint="Draw a shape" /></div>
    <div><p class="mover-says">2. Press and drag it: the clip is what you do until you let go. Turn the wheel to make it larger or smaller.</p>
      <canvas ref=${board} class="mover-board" width=${SIDE} height=${SIDE} role="img" aria-label="Board to drag the shape on; without a pointer choose a path"></canvas>
      <div class="row"><label class="field">Or a path <select value=${path} onChange=${(/** @type {any} */ e) => setPath(e.target.value)}>${PATHS.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
        <button type="button" class="button" onClick=${() => film(Array.from({ length: count }, (_, k) => poseAt(path, k / (count - 1))))}>Make the clip</button></div>
      <p class="small" role="status">${says}</p>
    </div>
  </div>`;
}

/**
 * @param {HTMLCanvasElement} canvas @param {{current: Pose}} pose @param {() => void} show
 * @param {(text: string) => void} say @param {(moments: Moment[]) => void} done
 */
function listen(canvas, pose, show, say, done) {
  /** @type {Moment[] | null} */
  let moments = null;
  let [dx, dy, timer] = [0, 0, 0];
  /** @param {PointerEvent} event */
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const note = () => void moments?.push({ t: performance.now(), ...pose.current });
  const tick = () => {
    if (!moments) return;
    note(); // a hand that rests is part of the clip
    if (performance.now() - moments[0].t > LONGEST) return stop();
    timer = requestAnimationFrame(tick);
  };
  const stop = () => {
    const made = moments;
    moments = null;
    cancelAnimationFrame(timer);
    pose.current = resting();
    show();
    if (!made) return;
    if (made.length < 2 || made[made.length - 1].t - made[0].t < SHORTEST) say(TOO_SHORT);
    else done(made);
  };
  /** @param {PointerEvent} event */
  const down = (event) => {
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    [dx, dy] = [pose.current.x - x, pose.current.y - y];
    // Grabbed beside the shape: it comes to the hand.
    if (Math.hypot(dx, dy) > pose.current.size / 2) [dx, dy] = [0, 0];
    pose.current = { ...pose.current, x: x + dx, y: y + dy };
    moments = [];
    say("Recording: drag it, then let go.");
    show();
    tick();
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (!moments) return;
    const [x, y] = place(event);
    pose.current = { ...pose.current, x: x + dx, y: y + dy };
    show();
  };
  /** @param {WheelEvent} event */
  const wheel = (event) => {
    if (!moments) return;
    event.preventDefault();
    pose.current = { ...pose.current, size: Math.max(0.12, Math.min(1.2, pose.current.size * Math.exp(-event.deltaY / 800))) };
    show();
  };
  /** @type {[string, any][]} */
  const all = [["pointerdown", down], ["pointermove", move], ["pointerup", stop], ["pointercancel", stop], ["wheel", wheel]]; // prettier-ignore
  all.forEach(([name, handler]) => canvas.addEventListener(name, handler, { passive: false }));
  return () => (cancelAnimationFrame(timer), all.forEach(([name, handler]) => canvas.removeEventListener(name, handler)));
}
