/**
 * What is changed in this room, in words.
 *
 *     edits, shift, moment -> sentences -> the bar of components/changed.js
 */
import { html } from "gridtime/lib/html.js";
import { ChangedBar } from "gridtime/components/changed.js";
import { says, shiftSays } from "gridtime/math/edits.js";
import { count } from "gridtime/math/format.js";
import { answerLayer } from "gridtime/math/groups.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */

/**
 * Everything that is changed, in words.
 * @param {Room} room @returns {string[]}
 */
export function sentences(room) {
  const graph = room.net.value?.graph ?? [];
  const logits = answerLayer(graph)?.name;
  /** @param {string} layer @param {number} unit */
  const named = (layer, unit) => {
    if (layer === logits) return `logit of ${room.classes.value[unit] ?? unit}`;
    const flat = graph.find((node) => node.name === layer)?.output_shape.length === 1;
    return `${layer}, ${flat ? "unit" : "channel"} ${unit}`;
  };
  const [dx, dy] = room.shift.value;
  const { moment } = room.state.value;
  return [
    ...room.edits.value.map((edit) => says(edit, named)),
    ...(dx || dy ? [shiftSays([dx, dy])] : []),
    ...(moment === undefined ? [] : [moment === 0 ? "untrained weights" : `weights after ${count(moment)} training steps`]),
  ];
}

/** @param {{room: Room}} props */
export const Changed = ({ room }) =>
  html`<${ChangedBar} way=${room} list=${sentences(room)} onOpen=${() => room.patch({ tab: "whatif", stop: undefined }, { push: true })} />`;
