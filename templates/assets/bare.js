/* Names as they are compared in lists and in the picture: as sitegen/text.py folds, without marks above and below letters, so
   that Ōta is found by ota, が by か. Search folds by a table of its own, which it shares with its index to the letter. */
(function () {
  "use strict";
  var Kayoi = window.Kayoi = window.Kayoi || {};

  Kayoi.bare = function (text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFKC")
      .replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0x60); })
      .normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  };
})();
