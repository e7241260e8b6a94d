// SHA-256 (FIPS 180-4) piece by piece: a browser's own digest wants a whole file in memory and a secure address.
//   var sum = madangSha256(); sum.update(bytes); sum.digest();   // bytes and digest are Uint8Array
(function () {
  "use strict";
  var K = new Uint32Array(64);
  var START = new Uint32Array(8);
  // The constants are the first bits behind the point of the roots of the first primes.
  (function () {
    var found = 0;
    for (var n = 2; found < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
      if (!prime) continue;
      if (found < 8) START[found] = (Math.sqrt(n) % 1) * 4294967296;
      K[found] = (Math.cbrt(n) % 1) * 4294967296;
      found += 1;
    }
  })();

  window.madangSha256 = function () {
    var state = new Uint32Array(START);
    var words = new Uint32Array(64);
    var block = new Uint8Array(64);
    var held = 0;
    var length = 0;

    function round(bytes, from) {
      var i;
      for (i = 0; i < 16; i += 1) {
        var at = from + i * 4;
        words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (i = 16; i < 64; i += 1) {
        var x = words[i - 15], y = words[i - 2];
        var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (i = 0; i < 64; i += 1) {
        var big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        var t1 = (h + big1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
        var big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        var t2 = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      state[0] += a; state[1] += b; state[2] += c; state[3] += d;
      state[4] += e; state[5] += f; state[6] += g; state[7] += h;
    }

    function update(bytes) {
      var at = 0;
      length += bytes.length;
      if (held > 0) {
        var take = Math.min(64 - held, bytes.length);
        block.set(bytes.subarray(0, take), held);
        held += take;
        at = take;
        if (held < 64) return;
        round(block, 0);
        held = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) round(bytes, at);
      block.set(bytes.subarray(at), 0);
      held = bytes.length - at;
    }

    function digest() {
      var bits = length * 8;
      var end = new Uint8Array(held < 56 ? 64 - held : 128 - held);
      end[0] = 0x80;
      var view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(end.length - 4, bits >>> 0);
      update(end);
      var out = new Uint8Array(32);
      for (var i = 0; i < 8; i += 1) new DataView(out.buffer).setUint32(i * 4, state[i]);
      return out;
    }

    return { update: update, digest: digest };
  };
})();
