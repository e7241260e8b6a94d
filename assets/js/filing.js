// Helps for forms that are made from a definition. Every form works without this file.
(function () {
  "use strict";
  function valuesOf(form, name) {
    var found = [];
    form.querySelectorAll('[name="' + name + '"]').forEach(function (control) {
      if ((control.type === "radio" || control.type === "checkbox") && !control.checked) return;
      found.push(control.value);
    });
    return found;
  }
  function has(form, name) { return form.querySelector('[name="' + name + '"]') !== null; }
  // Fields that are asked only for certain answers of the same screen.
  document.querySelectorAll("form[data-filing]").forEach(function (form) {
    var asked = form.querySelectorAll("[data-when]");
    function show() {
      asked.forEach(function (box) {
        var holds = box.dataset.when.split(";").every(function (part) {
          var at = part.indexOf("=");
          var name = part.slice(0, at);
          if (!has(form, name)) return true;
          var wanted = part.slice(at + 1).split("|");
          return valuesOf(form, name).some(function (value) { return wanted.indexOf(value) >= 0; });
        });
        box.hidden = !holds;
      });
    }
    if (asked.length) {
      form.classList.add("scripted");
      form.addEventListener("change", show);
      show();
    }
  });
  // Alike public cases while one types. Only the title and open texts are sent, and never in an address.
  document.querySelectorAll("[data-alike]").forEach(function (box) {
    var form = box.closest("form");
    var names = box.dataset.fields.split(" ");
    var timer, running, last = "";
    if (!window.fetch || !window.AbortController || !window.URLSearchParams) return;
    function ask() {
      var body = new URLSearchParams();
      names.forEach(function (name) {
        var control = form.elements[name];
        if (control && typeof control.value === "string") body.set(name, control.value.slice(0, 2000));
      });
      if (body.toString() === last) return;
      last = body.toString();
      if (running) running.abort();
      running = new AbortController();
      var mine = running;
      fetch(box.dataset.alike, { method: "POST", body: body, signal: mine.signal })
        .then(function (answer) { return answer.status === 200 ? answer.text() : ""; })
        .then(function (text) {
          if (running !== mine) return;
          var found = text && new DOMParser().parseFromString(text, "text/html").getElementById("alike");
          var inside = found ? found.innerHTML : "";
          if (box.innerHTML !== inside) box.innerHTML = inside;
        })
        .catch(function () { /* aborted, or no network: the step before the next screen asks again */ });
    }
    form.addEventListener("input", function (event) {
      if (names.indexOf(event.target.name) < 0) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 300);
    });
    if (form.elements[names[0]] && form.elements[names[0]].value) ask();
  });
  // One press is enough; a page that comes back from the cache can be sent again.
  document.querySelectorAll("form[data-once]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      window.setTimeout(function () {
        form.querySelectorAll("button.primary, button.danger").forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
      }, 0);
    });
    window.addEventListener("pageshow", function (event) {
      if (!event.persisted) return;
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  });
  // A file that is too large is said before it is sent.
  document.querySelectorAll("input[type=file][data-most]").forEach(function (input) {
    var note = document.createElement("p");
    note.className = "field-error";
    note.setAttribute("role", "alert");
    input.addEventListener("change", function () {
      var large = Array.prototype.filter.call(input.files, function (file) { return file.size > Number(input.dataset.most); });
      note.remove();
      if (!large.length) return;
      note.textContent = large.map(function (file) { return file.name; }).join(", ") + ": " + input.dataset.tooLarge;
      input.value = "";
      input.parentNode.before(note);
    });
  });
  // "Where I am": only when asked.
  document.querySelectorAll("[data-place]").forEach(function (place) {
    var button = place.querySelector("[data-here]");
    var note = place.querySelector("[data-here-note]");
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(function (found) {
        place.querySelector('[name$=".latitude"]').value = found.coords.latitude.toFixed(6);
        place.querySelector('[name$=".longitude"]').value = found.coords.longitude.toFixed(6);
        place.querySelector("details").open = true;
        note.textContent = note.dataset.got;
      }, function () { note.textContent = note.dataset.denied; }, { enableHighAccuracy: true, timeout: 15000 });
    });
  });
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim()).then(function () { button.textContent = button.dataset.copied; });
    });
  });
})();
