/* What search knows and how it finds: the index of names, words by shard, the text of a page, and the folding that
   sitegen/site/search does too. Its rules come with search/words.js, so that both sides go by one table. */
(function () {
  "use strict";
  var search = window.Kayoi.search;
  var rules, classes, shorts, tables;
  var shards = {};
  var texts = {};
  var MARKS = /[\u0300-\u036f]/g;
  var LONG = /ー+(?![ぁ-ゖー])/g;
  var CLUSTER = /[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*/gu;

  search.words = function (words, given) {
    search.say = words;
    rules = given;
    classes = {
      letter: new RegExp("[" + rules.letter + "]", "u"),
      first: new RegExp("^[" + rules.letter + "]", "u"),
      last: new RegExp("[" + rules.letter + "]$", "u"),
      han: new RegExp("^[" + rules.han + "]$", "u"),
      run: new RegExp("([" + rules.cjk + "]+)|[" + rules.letter + "]+", "gu"),
      space: new RegExp("([" + rules.cjk + "]) (?=[" + rules.cjk + "])", "gu"),
      special: new RegExp("[" + Object.keys(rules.special).join("") + "]", "g"),
      alike: rules.alike.map(function (rule) { return [new RegExp(rule[0], "g"), rule[1]]; })
    };
    shorts = new RegExp("^[" + rules.letter + "]+$", "u");
    rules.stop = new Set(rules.stop);
  };

  /* Folding, but for what looks at neighbours. */
  function plain(text) {
    if (/^[\x00-\x7f]*$/.test(text)) { return text.toLowerCase(); }
    return text.normalize("NFKD").toLowerCase().replace(MARKS, "").normalize("NFC")
      .replace(classes.special, function (c) { return rules.special[c]; })
      .replace(/[ァ-ヶヽヾ]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0x60); })
      .replace(/[ぁぃぅぇぉっゃゅょゎゕゖ]/g, function (c) { return rules.small[c]; });
  }

  function fold(text) {
    return plain(text).replace(classes.space, "$1").replace(LONG, "");
  }

  /* The folded text, and for each of its characters where it comes from: [start, end] in the text. */
  function mapped(text) {
    var out = "";
    var from = [];
    (text.match(CLUSTER) || []).reduce(function (place, cluster) {
      var folded = plain(cluster);
      for (var i = 0; i < folded.length; i++) { from.push([place, place + cluster.length]); }
      out += folded;
      return place + cluster.length;
    }, 0);
    function without(pattern, start) {
      var kept = "";
      var keptFrom = [];
      var last = 0;
      out.replace(pattern, function () {
        var match = arguments[0];
        var at = arguments[arguments.length - 2];
        var cut = start(match);
        kept += out.slice(last, at + cut);
        keptFrom = keptFrom.concat(from.slice(last, at + cut));
        last = at + match.length;
        return "";
      });
      out = kept + out.slice(last);
      from = keptFrom.concat(from.slice(last));
    }
    without(classes.space, function (match) { return match.length - 1; });
    without(LONG, function () { return 0; });
    return { text: out, from: from };
  }

  function alike(text) {
    return classes.alike.reduce(function (heard, rule) {
      return heard.replace(rule[0], rule[1]);
    }, fold(text)).trim();
  }

  function isHan(character) { return classes.han.test(character); }

  /* What a typed word is looked up by: [term, whether it is only a beginning]. */
  function lookups(word) {
    var found = [];
    word.replace(classes.run, function (run, cjk) {
      if (!cjk) {
        var term = Array.from(run).slice(0, rules.longest).join("");
        var size = Array.from(run).length;
        if (size > 1 && !rules.stop.has(term)) { found.push([term, size >= rules.prefix && size < rules.longest]); }
        return "";
      }
      var characters = Array.from(run);
      if (characters.length === 1 && isHan(run)) { found.push([run, true]); }
      for (var i = 1; i < characters.length; i++) {
        var pair = characters[i - 1] + characters[i];
        if (!rules.stop.has(pair)) { found.push([pair, false]); }
      }
      return "";
    });
    return found;
  }

  function stem(term) {
    var characters = Array.from(term);
    if (isHan(characters[0])) { return characters[0]; }
    return classes.first.test(term) ? characters.slice(0, rules.prefix).join("") : term;
  }

  /* FNV-1a over code points, folded once, as in postings.py. */
  function shardOf(term) {
    var value = 0x811C9DC5;
    Array.from(stem(term)).forEach(function (character) {
      value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
    });
    return ((value ^ value >>> 15) >>> 0) % tables.shards;
  }

  /* Twenty thousand clients are sixty thousand lines: a line is taken apart only when it is a hit. */
  search.names = function (given, lines) {
    var client = null;
    var folded = fold(lines).split("\n");
    tables = search.tables = given;
    search.byCode = {};
    search.rows = lines.split("\n").filter(Boolean).map(function (line, place) {
      var row = { kind: line[0], place: place, line: line, fold: folded[place], client: null, names: null };
      if (row.kind === "c") { client = row; }
      if (row.kind === "h") { row.client = client; } else if (row.kind !== "b") { search.byCode[line.slice(2, 7)] = row; }
      return row;
    });
  };

  /* Whether a line may hold a word; taking it apart tells. */
  function may(row, word, heard) {
    return row.fold.indexOf(word) >= 0 || Boolean(heard && row.fold.indexOf(heard) >= 0);
  }

  function address(path) {
    return path.split("/").map(encodeURIComponent).join("/");
  }

  /* The row with all that its line tells. */
  function whole(row) {
    if (row.names) { return row; }
    var told = row.line.split("\t");
    var keys = row.fold.split("\t");
    function at(name, place) { row[name] = told[place] || ""; }
    function found(names, reading) {
      row.names = names.map(function (place) { return keys[place] || ""; });
      row.sounds = [keys[reading] || "", keys[reading + 1] || ""];
      at("name", names[0]);
      at("reading", reading);
    }
    if (row.kind === "c") {
      found([6, 7], 8);
      row.names = row.names.concat(keys.slice(11));
      row.code = told[1];
      row.url = address("clients/" + told[2] + ".html");
      row.stage = Number(told[3]);
      row.rep = Number(told[4]);
      row.backers = told[10] ? told[10].split(",").map(Number) : [];
      at("last", 5);
      at("native", 7);
    } else if (row.kind === "h") {
      whole(row.client);
      found([2], 3);
      row.url = row.client.url + "#person-" + told[1];
      row.stage = row.client.stage;
      row.rep = row.client.rep;
      row.also = keys[5] || "";
      at("role", 5);
    } else {
      var path = row.kind === "b" ? 1 : 2;
      found([path + 1, path + 2], path + 3);
      row.code = path === 2 ? told[1] : "";
      row.url = address(told[path]);
      at("native", path + 2);
    }
    return row;
  }

  search.shard = function (number, lines) {
    shards[number] = lines.split("\n");
  };

  search.text = function (code, parts) {
    texts[code] = parts;
  };

  /* The codes of all pages that hold a term of its shard. */
  function pagesWith(lookup) {
    var pages = new Set();
    (shards[shardOf(lookup[0])] || []).forEach(function (line) {
      var end = line.indexOf(" ");
      var term = line.slice(0, end);
      if (lookup[1] ? !term.startsWith(lookup[0]) : term !== lookup[0]) { return; }
      for (var at = end + 1; at < line.length; at += 5) { pages.add(line.slice(at, at + 5)); }
    });
    return pages;
  }

  /* A promise of the rows of all pages that hold every word, those of the last contact first. */
  function inText(words, wanted) {
    var wants = [];
    words.forEach(function (word) { wants = wants.concat(lookups(word)); });
    var files = wants.map(function (lookup) { return search.load("search/s/" + shardOf(lookup[0]) + ".js"); });
    return Promise.all(files).then(function () {
      var found = wants.map(pagesWith).sort(function (a, b) { return a.size - b.size; });
      var codes = Array.from(found.length ? found[0] : []);
      return codes.filter(function (code) {
        var row = search.byCode[code];
        return row && wanted(whole(row)) && found.every(function (pages) { return pages.has(code); });
      }).map(function (code) { return search.byCode[code]; }).sort(function (a, b) {
        var x = a.last || "", y = b.last || "";
        return x < y ? 1 : x > y ? -1 : a.place - b.place;
      });
    });
  }

  /* Where a folded word stands in a folded text, from a place on: -1 for nowhere. A word of an alphabet must begin there
     and, where `whole`, end there. */
  function place(word, text, start, whole) {
    var begins = classes.first.test(word);
    for (var at = text.indexOf(word, start); at >= 0; at = text.indexOf(word, at + 1)) {
      var after = at + word.length;
      var cutBefore = begins && at > 0 && classes.letter.test(text[at - 1]);
      var cutAfter = whole && after < text.length && classes.letter.test(text[after]);
      if (!cutBefore && !cutAfter) { return at; }
    }
    return -1;
  }

  /* In the notes a short word counts only as a whole one: its shard knows no more. */
  function find(word, text, start) {
    return place(word, text, start, shorts.test(word) && Array.from(word).length < rules.prefix);
  }

  function begins(word, text) { return place(word, text, 0, false) >= 0; }

  /* In a name a word may begin, or from four letters on stand anywhere. */
  function inName(word, text, start) {
    return /^[a-z]{1,3}$/.test(word) ? place(word, text, start, false) : text.indexOf(word, start);
  }

  /* The place in a page's text that shows most of the words; null where one of them stands nowhere. Entries come
     before the text above them, and that before the facts; newer entries first. */
  function bestPlace(code, words) {
    var seen = new Set();
    var best = null;
    var parts = 0;
    (texts[code] || []).forEach(function (part, number) {
      var most = 0;
      part[1].split("\n").forEach(function (line) {
        var text = fold(line);
        var here = words.filter(function (word) { return find(word, text, 0) >= 0; });
        here.forEach(function (word) { seen.add(word); });
        var worth = here.length * 3 + (part[0] ? 2 : number > 0 ? 1 : 0);
        most = Math.max(most, here.length);
        if (here.length && (!best || worth > best.worth)) {
          best = { worth: worth, anchor: part[0], line: line, facts: number === 0 };
        }
      });
      if (part[0] && most) { parts += 1; }
    });
    if (seen.size !== new Set(words).size) { return null; }
    best.others = parts - (best.anchor ? 1 : 0);
    return best;
  }

  function textOf(row) {
    return search.load("search/t/" + row.code + ".js");
  }

  search.fold = fold;
  search.may = may;
  search.whole = whole;
  search.mapped = mapped;
  search.alike = alike;
  search.lookups = lookups;
  search.find = find;
  search.begins = begins;
  search.inName = inName;
  search.inText = inText;
  search.bestPlace = bestPlace;
  search.textOf = textOf;
  search.shardOf = shardOf;
})();
