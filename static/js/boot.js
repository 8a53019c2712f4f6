// Runs before the first paint, so that no page flashes in the wrong theme or size.
// A classic script: modules wait until the page is parsed. Keys are those of stores/ui.js.
(() => {
  const page = document.documentElement;
  /** @param {string} key */
  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`gridtime.${key}`) ?? "null");
    } catch {
      return null;
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const wide = matchMedia("(min-width: 900px)").matches;
  const present = wide && /[#&]present=1(&|$)/.test(location.hash);
  page.dataset.theme = present ? "light" : kept("theme") || (dark ? "dark" : "light");
  page.toggleAttribute("data-present", present);
  page.style.setProperty("--text-size", String(kept("textSize") ?? 1));
})();
