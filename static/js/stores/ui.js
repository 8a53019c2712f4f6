/**
 * How the page looks to this visitor, kept in localStorage.
 *
 *   localStorage -> signals -> attributes of <html> (data-theme, data-present, --text-size)
 *
 * `boot.js` sets the same attributes before the first paint.
 */
import { computed, effect, signal } from "@preact/signals-core";
import { letters } from "gridtime/lib/keys.js";
import { patch, state } from "gridtime/stores/url.js";

/** @typedef {import("gridtime/math/colour.js").Theme} Theme */
/** @typedef {import("gridtime/math/format.js").Digits} Digits */

const page = typeof document === "undefined" ? undefined : document.documentElement;

/** @param {string} query */
function media(query) {
  const list = typeof matchMedia === "undefined" ? undefined : matchMedia(query);
  const value = signal(list?.matches ?? false);
  list?.addEventListener("change", () => (value.value = list.matches));
  return value;
}

/**
 * @template T
 * @param {string} key
 * @param {T} first
 * @returns {import("@preact/signals-core").Signal<T>}
 */
function kept(key, first) {
  const held = signal(first);
  try {
    const raw = localStorage.getItem(`gridtime.${key}`);
    if (raw !== null) held.value = JSON.parse(raw);
  } catch {
    // No storage (private window, Node): the first value serves.
  }
  let loaded = false;
  effect(() => {
    const text = JSON.stringify(held.value);
    if (!loaded) return void (loaded = true); // only a choice is kept, not a default
    try {
      localStorage.setItem(`gridtime.${key}`, text);
    } catch {
      // The choice holds for this page.
    }
  });
  return held;
}

export const reducedMotion = media("(prefers-reduced-motion: reduce)");
export const prefersDark = media("(prefers-color-scheme: dark)");
/** Wide enough for present mode. */
export const wide = media("(min-width: 900px)");

/** Set by T; "" follows the system. */
export const themeChoice = kept("theme", /** @type {Theme | ""} */ (""));
/** 1 to 2. */
export const textSize = kept("textSize", 1);
export const digits = kept("digits", /** @type {Digits} */ (2));
export const hatch = kept("hatch", false);
export const lettersOn = kept("letters", true);
/** Speaker's notes under the stage. */
export const notes = signal(false);
export const helpOpen = signal(false);
export const goOpen = signal(false);
/** Present mode: a blank screen, so that all look at the speaker. */
export const blank = signal(false);

/** Asked for in the URL, and the window is wide enough. */
export const present = computed(() => Boolean(state.value.present) && wide.value);
/** Asked for, but the window is too narrow: the page says so. */
export const tooNarrow = computed(() => Boolean(state.value.present) && !wide.value);

/** Colour scope of maps: map, layer, network. */
export const scope = computed(() => state.value.scope ?? "layer");

/** In present mode the theme starts light: in a bright room dark greys fall to 2.2:1. */
const presentTheme = signal(/** @type {Theme} */ ("light"));

/** @type {import("@preact/signals-core").ReadonlySignal<Theme>} */
export const theme = computed(() => {
  if (present.value) return presentTheme.value;
  return themeChoice.value || (prefersDark.value ? "dark" : "light");
});

export function toggleTheme() {
  const other = theme.peek() === "dark" ? "light" : "dark";
  if (present.peek()) presentTheme.value = other;
  else themeChoice.value = other;
}

/** 2 decimals in overviews, 3 in lenses; D shows every digit. */
export function toggleDigits() {
  digits.value = digits.peek() === "all" ? 2 : "all";
}

export function togglePresent() {
  const on = !state.peek().present;
  presentTheme.value = "light";
  patch({ present: on || undefined }, { push: true });
  if (typeof document === "undefined") return;
  // Full screen where the browser allows it; present mode works without.
  if (on && wide.peek()) document.documentElement.requestFullscreen?.().catch(() => undefined);
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}

/** How the page looks, for views that know no store. */
export const look = () => ({
  theme: theme.value,
  hatch: hatch.value,
  present: present.value,
  narrow: !wide.value,
  still: reducedMotion.value,
});

effect(() => {
  letters.on = lettersOn.value;
});

effect(() => {
  if (!page) return;
  page.dataset.theme = theme.value;
  page.toggleAttribute("data-present", present.value);
  page.toggleAttribute("data-exact", digits.value === "all");
  page.style.setProperty("--text-size", String(textSize.value));
});
