/**
 * The size of an element: in components now, for both rooms.
 */
/** @typedef {import("gridtime/components/size.js").Size} Size */

export { rootScale, useSize } from "gridtime/components/size.js";
