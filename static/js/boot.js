// Runs before the first paint, so that no page flashes in the wrong theme or size, and asks early
// for what the page needs first.
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

  // Asked for at once where the address names nothing else: the modules that need it are still on their way.
  const first = document.currentScript?.dataset.first;
  if (!first || /[#&](model|sample|picture)=/.test(location.hash)) return;
  for (const href of first.split(" ")) {
    const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", href });
    link.crossOrigin = "anonymous";
    document.head.append(link);
  }
})();
