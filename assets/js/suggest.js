// Suggestions while one types into a search box (ARIA combobox with a list). Every box is a plain form without this file.
(function () {
  "use strict";
  if (!window.fetch || !window.AbortController) return;
  var WAIT = 150;
  var timer, running, asked = "", number = 0;

  function formOf(target) {
    return target.closest && target.type === "search" && target.name === "q" ? target.closest("form[data-suggest]") : null;
  }
  function listOf(form) { return form.querySelector("[role=listbox]"); }

  // The list is made when the first suggestions come, so that pages that are replaced bit by bit keep nothing stale.
  function listFor(form, input) {
    var list = listOf(form);
    if (list) return list;
    list = document.createElement("ul");
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.name);
    list.id = "suggestions-" + (number += 1);
    list.hidden = true;
    var said = document.createElement("span");
    said.className = "sr-only";
    said.setAttribute("role", "status");
    input.after(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    return list;
  }
  function stop() {
    window.clearTimeout(timer);
    if (running) running.abort();
    running = null;
    asked = "";
  }
  function close(form, input) {
    stop();
    var list = listOf(form);
    if (!list) return;
    list.hidden = true;
    list.textContent = "";
    list.nextElementSibling.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function parts(into, pieces) {
    pieces.forEach(function (piece) {
      if (!piece.mark) { into.append(piece.text); return; }
      var mark = document.createElement("mark");
      mark.textContent = piece.text;
      into.append(mark);
    });
  }
  function show(form, input, found) {
    var list = listFor(form, input);
    list.textContent = "";
    input.removeAttribute("aria-activedescendant");
    found.forEach(function (one, at) {
      var option = document.createElement("li");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.id = list.id + "-" + at;
      option.dataset.href = one.href;
      var title = document.createElement("span");
      parts(title, one.title);
      var kind = document.createElement("span");
      kind.className = "suggestion-kind";
      kind.textContent = one.kind_name;
      option.append(title, " ", kind);
      list.append(option);
    });
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    list.nextElementSibling.textContent = found.length ? form.dataset.some.replace("0", String(found.length)) : form.dataset.none;
  }
  function ask(form, input) {
    var words = input.value.trim();
    if (!words) { close(form, input); return; }
    if (words === asked) return;
    if (running) running.abort();
    running = new AbortController();
    var mine = running;
    asked = words;
    fetch(form.dataset.suggest + "?q=" + encodeURIComponent(words.slice(0, 100)), { signal: mine.signal, headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
      .then(function (told) {
        if (running === mine && document.activeElement === input) show(form, input, told.suggestions);
      })
      .catch(function () { /* aborted, or no network: the box still searches */ });
  }
  function choose(input, list, to) {
    var options = list.children;
    var old = list.querySelector("[aria-selected=true]");
    if (old) old.setAttribute("aria-selected", "false");
    if (to < 0 || to >= options.length) { input.removeAttribute("aria-activedescendant"); return; }
    options[to].setAttribute("aria-selected", "true");
    options[to].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[to].id);
  }

  document.addEventListener("input", function (event) {
    var input = event.target, form = formOf(input);
    if (!form) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { ask(form, input); }, WAIT);
  });
  document.addEventListener("keydown", function (event) {
    var input = event.target, form = formOf(input), list = form && listOf(form);
    // While a syllable is being put together the keys belong to the input method.
    if (!list || event.isComposing || event.keyCode === 229) return;
    var options = Array.prototype.slice.call(list.children);
    var at = options.findIndex(function (option) { return option.getAttribute("aria-selected") === "true"; });
    if (event.key === "Escape") {
      if (list.hidden) return;
      close(form, input);
    } else if (list.hidden || !options.length) {
      return;
    } else if (event.key === "ArrowDown") {
      choose(input, list, at + 1 >= options.length ? -1 : at + 1);
    } else if (event.key === "ArrowUp") {
      choose(input, list, at < 0 ? options.length - 1 : at - 1);
    } else if (event.key === "Enter" && at >= 0) {
      window.location.assign(options[at].dataset.href);
    } else return;
    event.preventDefault();
  });
  // A press on a suggestion must not take the focus away before it is let go.
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest(".suggestions [role=option]")) event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    var option = event.target.closest(".suggestions [role=option]");
    if (option) window.location.assign(option.dataset.href);
  });
  document.addEventListener("focusout", function (event) {
    var input = event.target, form = formOf(input);
    if (form) close(form, input);
  });
  document.addEventListener("submit", function (event) {
    var input = event.target.querySelector && event.target.querySelector("input[type=search][name=q]");
    if (input && formOf(input)) close(event.target, input);
  }, true);
})();
