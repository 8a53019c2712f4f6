/**
 * What every view of this room is given: signals to read and actions to call. Views import no
 * store, so that they can be drawn to text and tested without a browser.
 *
 *     pages/cnn.js --room--> overview | map lens | cell lens
 */

/** @typedef {import("gridtime/math/choice.js").Run} Run */
/** @typedef {import("gridtime/math/choice.js").Choice} Choice */
/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {import("gridtime/math/groups.js").Group} Group */
/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/scales.js").Scope} Scope */
/** @typedef {import("gridtime/math/scales.js").Range} Range */
/** @typedef {import("gridtime/stores/url.js").State} State */
/** @typedef {import("gridtime/stores/network.js").Net} Net */
/** @typedef {import("gridtime/stores/network.js").Original} Original */
/** @typedef {import("gridtime/api/client.js").ModelRow} ModelRow */
/**
 * @template T
 * @typedef {import("@preact/signals-core").ReadonlySignal<T>} Read
 */
/** @typedef {{layer: string, channel: number, cell: [number, number]}|null} Hover */
/**
 * @typedef {object} Room
 * @property {Read<State>} state
 * @property {(change: Partial<State>, how?: {push?: boolean}) => void} patch
 * @property {Read<Run|null>} run @property {Read<Net|null>} net
 * @property {Read<Map<string, Tensor>|null>} weights
 * @property {Read<Original|null>} original @property {Read<ModelRow[]>} models
 * @property {Read<Choice|null>} choice @property {Read<Scope>} scope
 * @property {Read<import("gridtime/math/colour.js").Theme>} theme
 * @property {Read<boolean>} present @property {Read<boolean>} wide @property {Read<boolean>} hatch
 * @property {import("@preact/signals-core").Signal<Hover>} hover the cell under the pointer
 * @property {import("@preact/signals-core").Signal<string>} notice a sentence about what happened
 * @property {Read<string[]>} classes of the network, in the order of its logits
 * @property {Read<typeof import("./later.js")|null>} later what is loaded after the first maps
 * @property {(crop: [number, number, number]) => void} cut moves the cut
 * @property {(id: string) => void} chooseModel
 */

export {};
