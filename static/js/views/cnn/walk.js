/**
 * The walk: the stops that a clicker goes through, each with the sentence that names what is shown.
 *
 *     run, choice -> overview: picture, every group, vote, answer
 *                 -> a lens: map | maps, cells, sums | window | votes, shares
 */

import { fieldSays, fieldWords, inputSize } from "gridtime/math/fields.js";
import { percent, shape } from "gridtime/math/format.js";
import { answerLayer, kind } from "gridtime/math/groups.js";
import { MORE, columnsOf, isSpatial, shownStage } from "gridtime/math/choice.js";
import { strongestMap } from "gridtime/math/maps.js";
import { answerSays as answer, familiaritySays, isNumber, named } from "gridtime/views/cnn/classes.js";
import { convStops } from "gridtime/views/cnn/conv/stops.js";
import { partOf } from "gridtime/views/cnn/more.js";
import { mapSays } from "gridtime/views/cnn/readout.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Group} Group */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

/** @param {string} name @returns {string} the stop of a group */
export const stopOf = (name) => `maps-${name}`;

/** @param {Run} run @returns {string} */
function answerSays(run) {
  const [first, second] = run.predictions;
  if (!first || isNumber(run)) return answer(run);
  const warning = familiaritySays(run);
  const next = second ? ` Next: ${named(second.label)} ${percent(second.probability)}.` : "";
  return `${warning ? `${warning} ` : ""}It gives ${named(first.label)} ${percent(first.probability)}.${next}`;
}

/** @param {Room} room @param {Run} run @param {Group} group @returns {Stop} */
function groupStop(room, run, group) {
  const layer = shownStage(group, room.state.value.show, run.tensors);
  const range = run.ranges.get(layer.name);
  return {
    id: stopOf(group.id),
    caption: `${layer.name}: ${shape(layer.output_shape)}, all at once. ${fieldSays(layer, inputSize(run.graph))}.`,
    apply: () => {
      if (room.choice.peek()?.layer?.name === layer.name || !range) return;
      room.patch({ layer: layer.name, channel: strongestMap(range), cell: undefined });
    },
  };
}

/** @param {Room} room @param {Run} run @returns {Stop[]} */
function overviewWalk(room, run) {
  const { width, height } = inputSize(run.graph);
  const answer = answerLayer(run.graph);
  const best = isNumber(run) ? 0 : room.classes.value.indexOf(run.predictions[0]?.label ?? "");
  return [
    { id: "picture", caption: `The picture, and what the network sees of it: ${width} × ${height} px.` },
    ...columnsOf(run.graph, Boolean(room.state.value.every)).map((group) => groupStop(room, run, group)),
    { id: "predict", caption: "What will it say? Vote, then press on." },
    {
      id: "answer", caption: answerSays(run),
      apply: () => answer && best >= 0
        && room.patch({ layer: answer.name, channel: best, cell: undefined }),
    },
  ];
}

/** Which parts a cell's lens shows, stop by stop.
 *  @type {Record<string, [string, (choice: Choice) => string][]>} */
const PARTS = {
  pool: [
    ["cells", (c) => `One window of ${c.layer?.name}, opened.`],
    ["maps", () => "Before and after: the map becomes smaller."],
    ["rows", (c) => `${c.layer?.name} three ways: the largest, the mean, or one value of every window.`],
    ["cost", () => "Smaller maps: fewer multiply–adds in every layer after."],
  ],
  activation: [["cells", (c) => `${c.layer?.name}: one number in, one number out.`]],
  norm: [["cells", (c) => `${c.layer?.name}: one number in, one number out.`]],
  linear: [
    ["vector", () => "Flattened: all maps in one line, channel after channel."],
    ["votes", () => "Votes: what each channel adds, and the bias."],
    ["shares", () => "From logits to shares."], // a number head has its number there
  ],
};

/** @param {Room} room @param {Run} run @param {Choice} choice @returns {Stop[]} */
export function walkOf(room, run, choice) {
  const { layer } = choice;
  const more = partOf(choice.tab);
  if (more || choice.tab in MORE) return more?.walk?.(room, run, choice) ?? [];
  if (choice.tab === "overview" || !layer) return overviewWalk(room, run);
  const isAnswer = layer === answerLayer(run.graph);
  const cell = () => room.patch({ open: "cell" });
  const parts = (PARTS[kind(layer)] ?? [])
    .filter(([id]) => id !== "shares" || isAnswer)
    .map(([id, says]) => ({ id, caption: id === "shares" && isNumber(run) ? answerSays(run) : says(choice), apply: isSpatial(choice) ? cell : undefined }));
  if (!isSpatial(choice)) return parts;
  const map = {
    id: "map", apply: () => room.patch({ open: undefined }),
    caption: `${mapSays(run, layer.name, choice.channel)} ${fieldWords(run.graph, layer, choice.cell)}`,
  };
  return [map, ...(kind(layer) === "conv" ? convStops(room, choice) : parts)];
}
