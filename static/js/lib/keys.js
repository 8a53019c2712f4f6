/**
 * The keys bound in the view on screen.
 *
 *   bind({"j": next}, {description: "next layer"}) -> registry <- keydown (one listener)
 *                                                       |-> help lists it
 *
 * A key is written as `name(event)` gives it: "f", "Shift+c", "ArrowLeft", "Shift+ArrowLeft", "1".
 */

/** @typedef {(event: KeyboardEvent) => unknown} Handler returning false lets an older binding have the key */
/**
 * @typedef {object} Options
 * @property {string | Record<string, string>} [description] one for all keys, or one a key
 * @property {boolean} [idle] act only while nothing is focused
 */
/** @typedef {{keys: Record<string, Handler>, options: Options}} Binding */

/** @type {Binding[]} newest last: the newest wins */
const registry = [];

/** Single characters can be switched off, as speech input needs (WCAG 2.1.4). */
export const letters = { on: true };

/** @param {EventTarget | null} target */
export function inText(target) {
  const element = /** @type {HTMLElement | null} */ (target);
  if (!element || !("tagName" in element)) return false;
  if (element.isContentEditable || element.tagName === "TEXTAREA") return true;
  if (element.tagName !== "INPUT") return element.tagName === "SELECT";
  const type = /** @type {HTMLInputElement} */ (element).type;
  return !["button", "checkbox", "radio", "range", "file", "submit", "color"].includes(type);
}

/**
 * "Shift+c" and the like; digits by `code`, since their `key` differs between layouts.
 * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} event
 */
export function name(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code ?? "");
  if (digit) return !event.shiftKey || /^\d$/.test(event.key) ? digit[1] : event.key;
  const key = event.key === " " ? "Space" : event.key;
  if (/^\p{L}$/u.test(key)) return (event.shiftKey ? "Shift+" : "") + key.toLowerCase();
  return event.shiftKey && key.length > 1 && key !== "Shift" ? `Shift+${key}` : key;
}

/**
 * May this key act now? Letters never in a text field or with Ctrl, Alt or Cmd.
 * @param {KeyboardEvent} event
 */
export function allowed(event) {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  // Over an open dialog the view behind is out of reach; the browser itself closes it with Esc.
  if (/** @type {Element | null} */ (event.target)?.closest?.("dialog")) return false;
  if (inText(event.target)) return event.key === "Escape";
  return letters.on || event.key.length > 1 || event.key === " ";
}

/** Nothing is focused. @param {EventTarget | null} target */
export function isIdle(target) {
  const element = /** @type {Element | null} */ (target);
  return !element || element.tagName === "BODY" || element.tagName === "HTML";
}

/** Keys that a focused control needs for itself. */
const OWN = /^(Space|Enter|Shift\+Enter|(Shift\+)?(Arrow\w+|Home|End|Page\w+))$/;

/**
 * @param {EventTarget | null} target
 * @param {string} key
 */
function taken(target, key) {
  const element = /** @type {HTMLElement | null} */ (target);
  if (!element?.closest || !OWN.test(key)) return false;
  if (key === "Space" || key.endsWith("Enter")) {
    return Boolean(element.closest("button, a[href], summary, input, [role=button], [role=tab], [role=switch]"));
  }
  if (/Page/.test(key)) return false;
  return Boolean(element.closest("input, [role=tab], [role=radio], [role=application], [role=slider]"));
}

/** Keys closer together than this are a held key: what they move jumps instead of gliding, in ms. */
const HURRY = 160;
let before = -Infinity;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let calm;

/** @param {number} now in ms */
function hurry(now) {
  if (now - before < HURRY) {
    const root = document.documentElement;
    clearTimeout(calm);
    calm = setTimeout(() => root.removeAttribute("data-hurry"), HURRY);
    if (!root.hasAttribute("data-hurry")) root.setAttribute("data-hurry", "");
  }
  before = now;
}

/** @param {KeyboardEvent} event */
export function dispatch(event) {
  if (!allowed(event)) return;
  const key = name(event);
  if (taken(event.target, key)) return;
  for (let i = registry.length - 1; i >= 0; i--) {
    const { keys, options } = registry[i];
    const handler = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!handler || (options.idle && !isIdle(event.target))) continue;
    hurry(event.timeStamp);
    if (handler(event) === false) continue;
    event.preventDefault();
    return;
  }
}

let listening = false;

/**
 * Bind keys until the returned function is called.
 * @param {Record<string, Handler>} keys
 * @param {Options} [options]
 * @returns {() => void}
 */
export function bind(keys, options = {}) {
  if (!listening && typeof document !== "undefined") {
    document.addEventListener("keydown", dispatch);
    listening = true;
  }
  const binding = { keys, options };
  registry.push(binding);
  return () => {
    const at = registry.indexOf(binding);
    if (at >= 0) registry.splice(at, 1);
  };
}

/**
 * What help lists: every bound key once, with what it does.
 * @returns {{keys: string[], does: string}[]}
 */
export function bindings() {
  /** @type {Map<string, string[]>} */
  const rows = new Map();
  const seen = new Set();
  for (const { keys, options } of [...registry].reverse()) {
    for (const key of Object.keys(keys)) {
      const about = options.description;
      const does = typeof about === "string" ? about : about?.[key];
      if (!does || seen.has(key)) continue;
      seen.add(key);
      rows.set(does, [...(rows.get(does) ?? []), key]);
    }
  }
  return [...rows].map(([does, keys]) => ({ keys, does })).reverse();
}
