/**
 * One polite announcer for the page: what changed, said to a screen reader.
 */

/** @type {HTMLElement | undefined} */
let region;

function make() {
  const made = document.createElement("div");
  made.className = "unseen";
  made.style.top = "0"; // after the frame it would make the page a pixel longer
  made.setAttribute("role", "status");
  made.setAttribute("aria-live", "polite");
  (document.getElementById("app") ?? document.body).after(made);
  return made;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Say it once the visitor has stopped moving: not every cell on the way.
 * @param {string} text
 */
export function live(text) {
  if (typeof document === "undefined") return;
  region ??= make();
  const target = region;
  clearTimeout(timer);
  timer = setTimeout(() => (target.textContent = text), 120);
}
