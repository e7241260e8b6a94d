// Checks the proof of a receipt in the reader's own browser: from the leaf to the root (SHA-256), and the log's signature
// (Ed25519) where the browser has it. The page says everything without this file.
(function () {
  "use strict";
  var section = document.querySelector("[data-proof]");
  if (!section || !window.madangSha256 || !window.fetch) return;
  var list = section.querySelector(".proof-checks");
  section.hidden = false;

  function mark(name, state) {
    var item = list.querySelector("[data-check=" + name + "]");
    item.className = "is-" + state;
    item.querySelector("b").textContent = list.dataset[state];
  }
  function sha256(pieces) {
    var sum = window.madangSha256();
    pieces.forEach(function (piece) { sum.update(piece); });
    return sum.digest();
  }
  function bytes(base64) {
    return Uint8Array.from(atob(base64), function (c) { return c.charCodeAt(0); });
  }
  function same(a, b) {
    return a.length === b.length && a.every(function (byte, at) { return byte === b[at]; });
  }
  function text(words) { return new TextEncoder().encode(words); }

  // c2sp.org/tlog-proof@v1: index, hashes of the path, an empty line, the signed checkpoint.
  function read(file) {
    var lines = file.split("\n");
    if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("format");
    if (lines[0].indexOf("extra ") === 0) lines.shift();
    var index = /^index (\d+)$/.exec(lines.shift());
    var path = [];
    while (lines[0] !== "") path.push(bytes(lines.shift()));
    lines.shift();
    var note = lines.join("\n");
    var cut = note.indexOf("\n\n");
    var body = note.slice(0, cut + 1);
    var head = body.split("\n");
    return {
      index: BigInt(index[1]), path: path, body: body, origin: head[0], size: BigInt(head[1]), root: bytes(head[2]),
      signatures: note.slice(cut + 2).split("\n").filter(Boolean).map(function (line) {
        var parts = /^\u2014 (\S+) (\S+)$/.exec(line);
        return { name: parts[1], bytes: bytes(parts[2]) };
      }),
    };
  }

  // RFC 9162, 2.1.3.2.
  function root(leaf, proof) {
    var node = proof.index, last = proof.size - 1n, hash = leaf;
    if (node > last) throw new Error("index");
    proof.path.forEach(function (other) {
      if (last === 0n) throw new Error("long");
      if (node % 2n === 1n || node === last) {
        hash = sha256([new Uint8Array([1]), other, hash]);
        while (node % 2n === 0n && node !== 0n) { node >>= 1n; last >>= 1n; }
      } else {
        hash = sha256([new Uint8Array([1]), hash, other]);
      }
      node >>= 1n;
      last >>= 1n;
    });
    if (last !== 0n) throw new Error("short");
    return hash;
  }

  // Some key of the log has signed; true, false, or null when this browser has no Ed25519.
  function signed(proof, keys) {
    var subtle = window.crypto && window.crypto.subtle;
    if (!subtle) return Promise.resolve(null);
    var tries = keys.map(function (key) {
      var parts = key.split("+");
      var raw = bytes(parts.slice(2).join("+"));
      if (raw[0] !== 1 || parts[0] !== proof.origin) return Promise.resolve(false);
      var id = sha256([text(parts[0] + "\n"), raw]).subarray(0, 4);
      var found = proof.signatures.filter(function (one) { return one.name === parts[0] && same(one.bytes.subarray(0, 4), id); });
      if (found.length === 0) return Promise.resolve(false);
      return subtle.importKey("raw", raw.subarray(1), { name: "Ed25519" }, false, ["verify"]).then(function (imported) {
        return subtle.verify({ name: "Ed25519" }, imported, found[0].bytes.subarray(4), text(proof.body));
      }).catch(function () { return null; });
    });
    return Promise.all(tries).then(function (results) {
      if (results.indexOf(true) >= 0) return true;
      return results.indexOf(null) >= 0 ? null : false;
    });
  }

  function load(address) {
    return fetch(address, { credentials: "omit", cache: "no-store" }).then(function (answer) {
      if (answer.status !== 200) throw new Error("answer");
      return answer.arrayBuffer();
    });
  }

  Promise.all([load(section.dataset.proof), load(section.dataset.entry)]).then(function (files) {
    var proof = read(new TextDecoder().decode(files[0]));
    var leaf = sha256([new Uint8Array([0]), new Uint8Array(files[1])]);
    // The code ends with the beginning of the leaf's hash.
    var code = /-([0-9a-f]{16})\.tlog-proof$/.exec(section.dataset.proof)[1];
    var begins = Array.from(leaf.subarray(0, 8), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
    mark("leaf", begins === code ? "good" : "bad");
    var good = false;
    try { good = same(root(leaf, proof), proof.root); } catch (wrong) { good = false; }
    mark("path", good ? "good" : "bad");
    return signed(proof, section.dataset.keys.split(" ")).then(function (result) {
      mark("signature", result === null ? "none" : (result ? "good" : "bad"));
    });
  }).catch(function () {
    ["leaf", "path", "signature"].forEach(function (name) {
      if (!list.querySelector("[data-check=" + name + "]").className) mark(name, "failed");
    });
  });
})();
