/**
 * The keys of this room, as LOOK's key map has them.
 */

import * as move from "gridtime/views/cnn/move.js";
import { clear, redo, undo } from "gridtime/components/changed.js";
import { nextPooling } from "gridtime/views/cnn/pooling.js";
import { up } from "gridtime/views/cnn/crumbs.js";

/** @typedef {import("./room.js").Room} Room */

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/**
 * @param {Room} room @param {{picker: () => void, closePicker: () => boolean}} more
 * @returns {{keys: Record<string, (event: KeyboardEvent) => unknown>, description: Record<string, string>}}
 */
export function roomKeys(room, { picker, closePicker }) {
  /** In present mode left and right are the clicker's, while nothing is focused.
   *  @param {KeyboardEvent} event */
  const arrow = (event) => {
    const idle = event.target === document.body;
    if (room.present.peek() && idle && /^Arrow(Left|Right)$/.test(event.key)) return false;
    return move.arrow(room, event);
  };
  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const keys = {
    j: () => move.stepLayer(room, 1), k: () => move.stepLayer(room, -1),
    c: () => move.stepChannel(room, 1), "Shift+c": () => move.stepChannel(room, -1),
    a: () => move.stepClass(room, 1), "Shift+a": () => move.stepClass(room, -1),
    s: () => move.cycleScope(room),
    r: () => room.patch({ rf: room.state.peek().rf ? undefined : true }),
    w: () => move.toWhatIf(room), z: () => undo(room), "Shift+z": () => redo(room), x: () => clear(room),
    m: () => nextPooling(room),
    i: picker, Enter: () => move.down(room), Home: arrow, End: arrow,
    Escape: () => closePicker() || up(room),
  };
  for (const key of ARROWS) {
    keys[key] = arrow;
    keys[`Shift+${key}`] = arrow;
  }
  return {
    keys,
    description: {
      j: "next layer", k: "previous layer", c: "next channel", "Shift+c": "previous channel",
      a: "next class explained", "Shift+a": "previous class explained",
      s: "colours: per layer, per map, whole network", r: "receptive field alone",
      w: "what if: change the network", z: "undo", "Shift+z": "redo", x: "clear all changes",
      m: "pooling: maximum, average, every second value",
      i: "new picture", Enter: "open the map, then the cell", Escape: "up one level",
      Home: "first", End: "last", ArrowLeft: "next map or cell", ArrowRight: "next map or cell",
      ArrowUp: "next map or cell", ArrowDown: "next map or cell",
    },
  };
}
