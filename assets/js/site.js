// Small helps. Every page works without this file.
(function () {
  "use strict";
  // One open panel at a time; Escape closes it and gives the focus back.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pop[open], details.menu-sheet[open]").forEach(function (panel) {
      if (!panel.contains(event.target)) panel.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.pop[open], details.menu-sheet[open]").forEach(function (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  });
  // After a failed attempt the summary takes the focus.
  var summary = document.getElementById("errors");
  if (summary) summary.focus();
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  // Warn before a half-written report is lost.
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) { if (changed) event.preventDefault(); });
  });
})();
