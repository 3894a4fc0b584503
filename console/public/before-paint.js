// Runs before the first paint, so that a dark reader never sees a white flash.
// src/state/theme.ts and src/i18n/index.tsx take over from here with the same keys and the same rules.
(function () {
  var stored = function (key) {
    try {
      return localStorage.getItem(key);
    } catch (_) {
      return null; // storage can be forbidden; the system's preference then decides
    }
  };
  var theme = stored("radiograph.theme");
  var dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  var language = stored("radiograph.language") || navigator.language || "en";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.lang = language.slice(0, 2) === "fr" ? "fr" : "en";
  document.body.classList.toggle("awsui-dark-mode", dark);
  document.body.classList.add("awsui-compact-mode");
})();
