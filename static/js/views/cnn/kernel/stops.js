/**
 * The walk of one's own kernel: the kernel on the picture, a vote, the network with it inside.
 */

import { effectRows, effectSays } from "gridtime/math/effect.js";
import { SAYS } from "gridtime/math/kernels.js";
import { named } from "gridtime/views/cnn/classes.js";
import { putIn } from "gridtime/views/cnn/kernel/inside.js";
import { modelOf } from "gridtime/views/cnn/kernel/model.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

/** @param {Room} room @param {Run} run @returns {Stop[]} */
export function kernelWalk(room, run) {
  const model = modelOf(room, run);
  if (!model) return [];
  const plain = room.plain.value ?? run;
  const rows = effectRows(plain.predictions, run.predictions);
  /** @param {boolean} on */
  const set = (on) => () => {
    const now = modelOf(room, run);
    if (now && Boolean(now.inside) !== on) putIn(room, now, on);
  };
  return [
    { id: "result", caption: `${model.name || "Your kernel"} on the picture. ${model.name ? SAYS[model.name] : ""}` },
    { id: "predict", apply: set(false),
      caption: `It takes the place of kernel ${model.out} of ${model.layer.name}. What will the network say? Vote, then press on.` },
    { id: "network", apply: set(true), caption: model.inside ? effectSays(rows, named) : "Computing…" },
  ];
}
