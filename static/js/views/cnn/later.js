/**
 * What the room needs only after its first maps: loaded then, so that they need not wait for it.
 *
 *     pages/cnn.js --import() after the first drawing--> lens, lines, legends, keys, walk, picker,
 *                                                      present mode
 */

export { Changed } from "gridtime/views/cnn/changed.js";
export { roomKeys } from "gridtime/views/cnn/keys.js";
export { Legends } from "gridtime/views/cnn/legends.js";
export { Lens } from "gridtime/views/cnn/lens.js";
export { Lines } from "gridtime/views/cnn/lines.js";
export { More, isBuilt, partOf } from "gridtime/views/cnn/more.js";
export { arrow, goTab } from "gridtime/views/cnn/move.js";
export { PresentOverview } from "gridtime/views/cnn/present.js";
export { walkOf } from "gridtime/views/cnn/walk.js";
