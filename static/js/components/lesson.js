/**
 * Where a lesson stands on every page: nothing, until the address says that one runs.
 *
 *     running -> import("lessonbar.js"), once -> the bar over the room
 */
import { signal } from "@preact/signals-core";
import { html, useEffect } from "gridtime/lib/html.js";
import { running } from "gridtime/stores/lesson.js";

const bar = signal(/** @type {typeof import("gridtime/components/lessonbar.js") | null} */ (null));
const failed = signal(false);

export function LessonSlot() {
  const on = running.value;
  useEffect(() => {
    if (!on || bar.peek()) return;
    import("gridtime/components/lessonbar.js").then((found) => (bar.value = found), () => (failed.value = true));
  }, [on]);
  if (!on) return null;
  if (failed.value) return html`<p class="lesson-bar" role="alert">A part of the lesson did not arrive. Reload this page.</p>`;
  return bar.value ? html`<${bar.value.LessonBar} />` : html`<div class="lesson-bar"></div>`;
}
