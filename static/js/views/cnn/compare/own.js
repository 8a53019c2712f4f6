/**
 * The second picture may be the visitor's own: chosen as a file, or dropped on the second place.
 *
 *     file -> objection | keep (this browser) -> against=picture:KEY
 *
 * A drop anywhere else on the page is the first picture, as in every view.
 */

import { html, useState } from "gridtime/lib/html.js";
import { objection } from "gridtime/components/inputpicker.js";
import { formatAgainst } from "gridtime/math/compare.js";

/** @typedef {import("../room.js").Room} Room */

export const OWN = "Your second picture";

/** @param {Room} room @param {File} file @returns {Promise<string>} what stands against it, or "" */
async function take(room, file) {
  const why = objection(file);
  if (why) return why;
  room.patch({ against: formatAgainst({ kind: "picture", id: await room.keep(file) }) });
  return "";
}

/** @param {{room: Room}} props */
export function OwnPick({ room }) {
  const [refused, setRefused] = useState("");
  /** @param {any} event */
  const chosen = async (event) => {
    const file = event.target.files?.[0];
    if (file) setRefused(await take(room, file));
    event.target.value = ""; // the same file may be chosen again
  };
  return html`<label class="button">Your own picture
      <input class="unseen" type="file" accept="image/*" aria-label="Your own picture beside it" onChange=${chosen} /></label>
    ${refused && html`<span class="trouble" role="alert">${refused}</span>`}`;
}

/** @param {{room: Room, children?: any}} props the place of the second picture */
export function DropOn({ room, children }) {
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState("");
  /** What is taken here is marked, so that the page does not take it for the first picture.
   *  @param {DragEvent} event */
  const own = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return false;
    event.preventDefault();
    return true;
  };
  /** @param {DragEvent} event */
  const drop = async (event) => {
    if (!own(event)) return;
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) setRefused(await take(room, file));
  };
  return html`<div class="compare-drop ${over ? "is-over" : ""}" onDragOver=${(/** @type {DragEvent} */ event) => own(event) && setOver(true)}
    onDragLeave=${() => setOver(false)} onDrop=${drop}>
    ${children}
    ${!room.present.value && html`<p class="small">${refused || "Drop another picture on it."}</p>`}
  </div>`;
}
