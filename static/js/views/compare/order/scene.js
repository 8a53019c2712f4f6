/**
 * What of the address and the stores every part of the Order view asks for.
 *
 *     address -> mode (sentence | picture), change, seed, class
 *     reads, class -> rows of dumbbells      figures, change -> rows with intervals
 */
import { heldChange, heldRows } from "gridtime/math/held.js";
import { PICTURE_CHANGES, WORD_CHANGES } from "gridtime/math/order.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/held.js").Dumbbell} Dumbbell */
/** @typedef {import("gridtime/stores/ordering.js").Read} Read */

/** Orders that can be drawn; the address may name no other. */
export const SEEDS = 1000;

/** @param {Record<string, any>} address */
export const isPicture = (address) => address.show === "picture";

/** @param {Record<string, any>} address */
export function changeOf(address) {
  const all = isPicture(address) ? PICTURE_CHANGES : WORD_CHANGES;
  return all.find(({ id }) => id === address.order) ?? all[0];
}

/** @param {Record<string, any>} address */
export const seedOf = ({ seed = 0 }) => ((seed % SEEDS) + SEEDS) % SEEDS;

/** What was read, of the mode that is shown. @param {Room} room */
export const foundOf = ({ address, stores }) => (isPicture(address) ? stores.order.picture.value : stores.order.sentence.value);

/** The class followed: the address's, else what the first network answers to the input in its order. @param {Record<string, any>} address @param {{classes: string[], reads: Read[]}} found */
export function labelOf(address, { classes, reads }) {
  if (classes.includes(address.class)) return /** @type {string} */ (address.class);
  return classes.reduce((best, name) => (reads[0].before[name] > reads[0].before[best] ? name : best), classes[0]);
}

/** @param {Read[]} reads @param {string} label @returns {Dumbbell[]} */
export const liveRows = (reads, label) =>
  reads.flatMap(({ net, before, after }) => (after ? [{ id: net.row.id, name: net.name, kind: net.row.kind, before: before[label], after: after[label] }] : []));

/** The held-out sets that the networks on show were measured on. @param {Room} room */
export function setsOf({ address, stores }) {
  const unit = isPicture(address) ? "pixels" : "words";
  return (stores.order.held.value?.sets ?? []).filter((set) => set.unit === unit);
}

/** The held-out figures of the change that is made; rows are empty where it was not measured. @param {Room} room */
export function heldOf(room) {
  const { address, stores } = room;
  const sets = setsOf(room);
  const set = sets.find((one) => one.set === address.against) ?? sets[0];
  const change = changeOf(address);
  const nets = (isPicture(address) ? stores.order.pictures.value : stores.order.texts.value) ?? [];
  const name = set && heldChange(set, "held" in change ? String(change.held) : change.id, address.method === "each" ? "each" : "once");
  const rows = name ? heldRows(set, name, nets.map(({ row, name: called }) => ({ id: row.id, name: called, kind: row.kind }))) : [];
  const missing = nets.filter(({ row }) => !rows.some(({ id }) => id === row.id)).map(({ name: called }) => called);
  return { set, sets, rows, missing, about: set?.changes.find((one) => one.change === name) };
}
