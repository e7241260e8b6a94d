// A file is hashed here, piece by piece, and never leaves the machine: only its digest is looked up. Without this file the
// page takes the digest itself.
(function () {
  "use strict";
  var PIECE = 4 << 20;
  // Up to here the browser's own digest is used, which is faster and wants the whole file in memory.
  var WHOLE = 256 << 20;
  var NAME = "madang-verify-name";
  var drop = document.querySelector("[data-verify]");
  if (!drop || !window.madangSha256 || !Blob.prototype.arrayBuffer) return;
  var input = drop.querySelector("input[type=file]");
  var progress = drop.querySelector("[data-progress]");
  drop.hidden = false;

  // The name of the file that was looked up; it is kept in this window alone.
  var shown = document.querySelector("[data-file-name]");
  try {
    var kept = JSON.parse(sessionStorage.getItem(NAME) || "null");
    if (shown && kept && location.pathname.endsWith("/" + kept.sha256)) {
      shown.textContent = kept.name;
      shown.hidden = false;
    }
  } catch (refused) { /* a browser that keeps nothing */ }

  function say(text) { progress.textContent = text; }

  function hex(bytes) {
    return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function hash(file, told) {
    var subtle = window.crypto && window.crypto.subtle;
    if (subtle && file.size <= WHOLE) {
      told(0);
      return file.arrayBuffer().then(function (bytes) { return subtle.digest("SHA-256", bytes); }).then(function (sum) {
        return hex(new Uint8Array(sum));
      });
    }
    var sum = window.madangSha256();
    var at = 0;
    function next() {
      if (at >= file.size) return Promise.resolve(hex(sum.digest()));
      return file.slice(at, at + PIECE).arrayBuffer().then(function (bytes) {
        sum.update(new Uint8Array(bytes));
        at += bytes.byteLength;
        told(at / file.size);
        return next();
      });
    }
    return next();
  }

  var running = 0;
  function check(file) {
    var mine = running += 1;
    if (!file) return;
    if (file.size === 0) { say(drop.dataset.empty); return; }
    hash(file, function (part) {
      if (mine === running) say(drop.dataset.reading + " " + Math.floor(part * 100) + "%");
    }).then(function (sha256) {
      if (mine !== running) return;
      try { sessionStorage.setItem(NAME, JSON.stringify({ name: file.name, sha256: sha256 })); } catch (refused) { /* as above */ }
      location.assign(drop.dataset.verify + sha256);
    }, function () {
      if (mine === running) say(drop.dataset.unreadable);
    });
  }

  input.addEventListener("change", function () { check(input.files[0]); });
  // Dropped anywhere on the page.
  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    drop.classList.remove("is-over");
    check(event.dataTransfer.files[0]);
  });
})();
