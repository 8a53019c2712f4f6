/**
 * The lesson that runs over the rooms: its texts, and what it puts over the page it is on.
 *
 *     address lesson=difference&at=3.1&lang=de --running--> LessonSlot -> bar, card
 *     bar --covered, said--> Frame: the room behind a card is out of reach; the foot gives the answer
 */
import { computed, effect, signal } from "@preact/signals-core";
import { state } from "gridtime/stores/url.js";

/** A lesson is given on this page now. */
export const running = computed(() => Boolean(state.value.lesson && state.value.at));

/** A question or a sentence fills the screen. */
export const covered = signal(false);

/** What the lesson adds to the foot. @type {import("@preact/signals-core").Signal<{answer: string, notes: string, lang: string}>} */
export const said = signal({ answer: "", notes: "", lang: "" });

effect(() => {
  if (typeof document !== "undefined") document.documentElement.toggleAttribute("data-lesson", running.value);
});
