// Keys and counts for lists of the desk. Everything works without this file.
(function () {
  "use strict";
  // A long list of choices gets a field that narrows it.
  document.querySelectorAll("[data-filter-list]").forEach(function (box) {
    var list = box.querySelector(".choice-list");
    if (!list || list.children.length < 8) return;
    var field = document.createElement("p");
    var label = document.createElement("label");
    var input = document.createElement("input");
    input.type = "search";
    input.className = "krds-input medium";
    input.id = "f-narrow";
    label.htmlFor = input.id;
    label.textContent = box.dataset.filterList;
    field.className = "narrow";
    field.append(label, input);
    list.before(field);
    input.addEventListener("input", function () {
      var words = input.value.trim().toLowerCase();
      Array.prototype.forEach.call(list.children, function (choice) {
        choice.hidden = words !== "" && choice.textContent.toLowerCase().indexOf(words) < 0;
      });
    });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  });

  var form = document.querySelector("form[data-desk]");
  if (!form) return;
  var rows = Array.prototype.slice.call(form.querySelectorAll("[data-row]"));
  var chosen = form.querySelector("[data-chosen]");
  function boxOf(row) { return row.querySelector("input[type=checkbox]"); }
  function count() {
    var n = rows.filter(function (row) { return boxOf(row).checked; }).length;
    chosen.hidden = n === 0;
    chosen.textContent = chosen.dataset.one.replace("1", String(n));
    rows.forEach(function (row) { row.classList.toggle("chosen", boxOf(row).checked); });
  }
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();

  var help = document.querySelector("[data-keys]");
  var toggle = document.querySelector("[data-keys-on]");
  var kept = "madang-keys";
  try { toggle.checked = localStorage.getItem(kept) !== "off"; } catch (error) { /* private windows keep nothing */ }
  toggle.addEventListener("change", function () {
    try { localStorage.setItem(kept, toggle.checked ? "on" : "off"); } catch (error) { /* as above */ }
  });
  var at = -1;
  function go(to) {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].querySelector("a").focus();
  }
  form.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-row]");
    if (row) at = rows.indexOf(row);
  });
  document.addEventListener("keydown", function (event) {
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var target = event.target;
    if (target.closest("textarea, select, [contenteditable]") || (target.tagName === "INPUT" && target.type !== "checkbox")) return;
    // A Korean keyboard gives the letter of the same place.
    var key = { "ㅓ": "j", "ㅏ": "k", "ㅌ": "x", "ㅁ": "a" }[event.key] || event.key;
    if (key === "j") go(at + 1);
    else if (key === "k") go(at - 1);
    else if (key === "x" && at >= 0) { boxOf(rows[at]).checked = !boxOf(rows[at]).checked; count(); }
    else if (key === "a" && (at >= 0 || !chosen.hidden)) {
      if (chosen.hidden) { boxOf(rows[at]).checked = true; count(); }
      form.querySelector('[data-key="a"]').click();
    } else if (key === "/") {
      var sheet = document.querySelector("details.filter-sheet");
      if (sheet) sheet.open = true;
      document.getElementById("f-q").focus();
    } else if (key === "?") {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  });
})();
