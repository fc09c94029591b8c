/* Which names fit what was typed, the best first. */
(function () {
  "use strict";
  var search = window.Kayoi.search;

  /* How well a word fits a row's own names: smaller is better, -1 is not at all. */
  function fit(row, word, heard) {
    var best = -1;
    function take(worth) { if (best < 0 || worth < best) { best = worth; } }
    row.names.forEach(function (name, number) {
      var at = name.indexOf(word);
      if (at < 0) { return; }
      var begins = at === 0 || search.begins(word, name);
      /* "ito" is in too many words of an alphabet to be meant in the middle of one */
      if (!begins && /^[a-z]{1,3}$/.test(word)) { return; }
      take(name === word ? 0 : at === 0 ? (number < 2 ? 1 : 2) : begins ? 3 : 4);
    });
    var at = row.sounds[0].indexOf(word);
    if (at >= 0) { take(at === 0 ? 5 : 6); }
    if (heard && row.sounds[1]) {
      at = (" " + row.sounds[1]).indexOf(" " + heard);
      if (at >= 0) { take(at === 0 ? 5 : 6); }
    }
    return best;
  }

  function total(row, words, heard, otherwise) {
    var own = false;
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      var worth = fit(row, words[i], heard[i]);
      own = own || worth >= 0;
      if (worth < 0) { worth = otherwise(words[i], heard[i]); }
      if (worth < 0) { return -1; }
      sum += worth;
    }
    return own ? sum : -1;
  }

  /* Clients, people, clients through a backer, other pages: each with the row and its worth, of the rows that `wanted` lets by. */
  function byNames(words, wanted) {
    var heard = words.map(function (word) { return /^[a-z][a-z'-]+$/.test(word) ? search.alike(word) : ""; });
    var groups = { clients: [], people: [], backed: [], others: [] };
    var named = {};  /* backer number → it fits all words */
    search.backers.forEach(function (row, number) {
      var possible = words.length && words.every(function (word, i) { return search.may(row, word, heard[i]); });
      if (possible && total(row, words, heard, function () { return -1; }) >= 0) { named[number] = true; }
    });
    var anyBacker = Object.keys(named).length > 0;
    search.rows.forEach(function (row) {
      if (!words.length) {
        if (row.kind === "c" && wanted(search.whole(row))) { groups.clients.push({ row: row, worth: 0 }); }
        return;
      }
      var possible = words.every(function (word, i) {
        return search.may(row, word, heard[i]) || (row.client && search.may(row.client, word, heard[i]));
      });
      if (!possible && !(anyBacker && row.kind === "c")) { return; }
      if (!wanted(search.whole(row))) { return; }
      var worth = !possible ? -1 : total(row, words, heard, function (word, sound) {
        return row.kind !== "h" ? -1 : row.also.indexOf(word) >= 0 ? 7 : fit(row.client, word, sound) >= 0 ? 8 : -1;
      });
      if (worth >= 0) {
        groups[row.kind === "c" ? "clients" : row.kind === "h" ? "people" : "others"].push({ row: row, worth: worth });
      } else if (row.kind === "c") {
        var through = row.backers.find(function (number) { return named[number]; });
        if (through !== undefined) {
          groups.backed.push({ row: Object.assign(Object.create(row), { through: through }), worth: 0 });
        }
      }
    });
    Object.keys(groups).forEach(function (name) {
      groups[name].sort(function (a, b) { return a.worth - b.worth || a.row.place - b.row.place; });
    });
    return groups;
  }

  search.byNames = byNames;
})();
