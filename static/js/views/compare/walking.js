/**
 * Keys that a view shares with its walk.
 */
import { isIdle } from "gridtime/lib/keys.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */

/** In present mode, with nothing focused, ← and → are a clicker's: they go to the next stop. @param {() => Room} room @param {() => void} act */
export const unlessWalking = (room, act) => (/** @type {KeyboardEvent} */ event) => (room().look.present && isIdle(event.target) ? false : act());
