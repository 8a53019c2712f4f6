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
/** @typedef {import("gridtime/math/edits.js").Edit} Edit */
/** @typedef {import("gridtime/stores/changes.js").How} Along one step back for a whole drag */
/** @typedef {import("gridtime/stores/network.js").Which} Which another network or picture */
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
 * @property {(blob: Blob) => Promise<string>} keep a picture of the visitor's in this browser; gives its key
 * @property {(key: string) => Promise<Blob|null>} recall it; null where it stayed in another browser
 * @property {(id: string) => void} chooseModel
 * @property {Read<Run|null>} plain the run without edits and shift; `run` itself while nothing is changed
 * @property {Read<Map<string, Tensor>|null>} learned the weights as trained; `weights` are those that ran
 * @property {Read<any>} studies measured on the held-out split; null on its way, undefined where none
 * @property {(id: string) => any} studyOf the same of another network; a view that reads it is drawn again
 * @property {Read<Edit[]>} edits what is changed in the network, in the order in which it was
 * @property {Read<Edit[]>} applied those of the run on show: `edits` are ahead of it until it is answered
 * @property {Read<[number, number]>} shift px that the picture is moved right and down
 * @property {Read<number>} changes how many things are changed: edits, a shift, another moment
 * @property {Read<boolean>} canRedo
 * @property {(list: Edit[], how?: Along) => void} edit the whole new list; math/edits.js changes lists
 * @property {(tensor: string, channel: number|null, factor: number, how?: Along) => void} scale
 * @property {(by: [number, number], how?: Along) => void} move the picture by whole pixels
 * @property {() => boolean} undo @property {() => boolean} redo @property {() => boolean} clear
 * @property {(options?: Record<string, any>, which?: Which) => Promise<Run>} trace another run of
 *   this picture for comparing: without edits and shift unless `options` has them
 * @property {() => import("gridtime/stores/network.js").Asked|null} asking what the run on show answers
 * @property {(query: import("gridtime/api/client.js").Why, how?: {signal?: AbortSignal}) => Promise<any>} explain the run on show
 */

export {};
