/**
 * A network that answers with one number: no classes, no softmax.
 *
 *     predictions [{value, unit}] -> "37.2°"
 */

import { number } from "./format.js";

/** @typedef {{predictions: {value?: number, unit?: string}[]}} Answered */

/** @param {Answered} run @returns {boolean} */
export const isNumber = (run) => run.predictions[0]?.value !== undefined;

/** @param {Answered} run @returns {number} */
export const valueOf = (run) => run.predictions[0]?.value ?? NaN;

const DEGREES = /^(°|deg|degrees?)$/i;

/** The unit as it follows a number. @param {string} [unit] @returns {string} */
export const unitText = (unit = "") => (DEGREES.test(unit) ? "°" : unit && ` ${unit}`);

/** @param {number} value @param {string} [unit] @param {number} [digits] @returns {string} */
export const withUnit = (value, unit, digits = 1) => `${number(value, digits)}${unitText(unit)}`;

/** @param {Answered} run @returns {string} "37.2°" */
export const numberSays = (run) => withUnit(valueOf(run), run.predictions[0]?.unit);
