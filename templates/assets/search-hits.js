/* What a hit looks like: a client, a person, another page, a place in the notes. Everything is set as text. */
(function () {
  "use strict";
  var search = window.Kayoi.search;

  function make(tag, more, children) {
    var node = document.createElement(tag);
    Object.keys(more || {}).forEach(function (name) { node.setAttribute(name, more[name]); });
    (children || []).forEach(function (child) { if (child) { node.append(child); } });
    return node;
  }

  function filled(text, values) {
    var told = typeof text === "string" ? text : values.n === 1 ? text.one : text.other;
    return told.replace(/\{(\w+)\}/g, function (all, name) {
      return typeof values[name] === "number" ? values[name].toLocaleString("en") : values[name];
    });
  }

  /* The text with every hit in <mark>; in names also where only a word's beginning was typed. */
  function marked(text, words, names) {
    var folded = search.mapped(text);
    var find = names ? search.inName : search.find;
    var hits = [];
    words.forEach(function (word) {
      for (var at = find(word, folded.text, 0); at >= 0; at = find(word, folded.text, at + word.length)) {
        hits.push([folded.from[at][0], folded.from[at + word.length - 1][1]]);
      }
    });
    hits.sort(function (a, b) { return a[0] - b[0]; });
    var out = document.createDocumentFragment();
    var last = 0;
    hits.forEach(function (hit) {
      if (hit[1] <= last) { return; }
      var start = Math.max(hit[0], last);
      out.append(text.slice(last, start), make("mark", {}, [text.slice(start, hit[1])]));
      last = hit[1];
    });
    out.append(text.slice(last));
    return { node: out, first: hits.length ? hits[0][0] : 0 };
  }

  function named(text, words, more) {
    return text ? make("span", more || {}, [marked(text, words, true).node]) : null;
  }

  /* About a line and a half around the first hit. */
  function snippet(line, words) {
    var first = marked(line, words).first;
    var before = /[\u3000-\u9fff]/.test(line) ? 24 : 50;
    var start = first > before + 12 ? first - before : 0;
    if (start) {
      var space = line.slice(start, first).search(/[ 、。]/);
      start += space >= 0 ? space + 1 : 0;
    }
    var end = Math.min(line.length, start + before * 4);
    var text = (start ? "…" : "") + line.slice(start, end) + (end < line.length ? "…" : "");
    return make("span", { "class": "snippet" }, [marked(text, words).node]);
  }

  function day(anchor) {
    var iso = anchor.slice(0, 10);
    return make("time", { datetime: iso }, [window.Kayoi.day.say(iso, "short")]);
  }

  function badge(row) {
    var entry = search.tables.stages[row.stage];
    return make("span", { "class": "badge st-" + entry[0] }, [entry[1]]);
  }

  function repName(row) {
    return make("span", { "class": "sub" }, [search.tables.reps[row.rep][1]]);
  }

  function option(url, children) {
    return make("a", { role: "option", tabindex: "-1", "aria-selected": "false", "class": "hit", href: search.root + url }, children);
  }

  function clientHit(row, words) {
    var through = row.through === undefined ? null
      : make("span", { "class": "sub" }, [filled(search.say["through-backer"], { name: search.backers[row.through].name })]);
    return option(row.url, [
      make("span", { "class": "hit-name" }, [
        named(row.name, words), " ", named(row.native, words, { lang: "ja", "class": "native" }), " ",
        row.reading && row.reading !== row.native ? named(row.reading, words, { lang: "ja", "class": "reading" }) : null
      ]),
      through, make("span", { "class": "hit-end" }, [badge(row), " ", repName(row)])
    ]);
  }

  function personHit(row, words) {
    return option(row.url, [
      make("span", { "class": "hit-name" }, [
        named(row.name, words), " ", named(row.reading, words, { lang: "ja", "class": "reading" }), " · ",
        named(row.client.name, words)
      ]),
      make("span", { "class": "hit-end sub" }, [row.role])
    ]);
  }

  function otherHit(row, words) {
    var kind = { b: "is-backer", r: "is-rep", s: "is-solution", p: "is-page" }[row.kind];
    return option(row.url, [
      make("span", { "class": "hit-name" }, [
        named(row.name, words), " ", named(row.native, words, { lang: "ja", "class": "native" })
      ]),
      make("span", { "class": "hit-end sub" }, [search.say[kind]])
    ]);
  }

  function textHit(hit, words) {
    var row = hit.row;
    var place = hit.place;
    return option(row.url + (place.anchor ? "#" + encodeURIComponent(place.anchor) : ""), [
      make("span", { "class": "hit-head" }, [
        make("b", {}, [row.name]), " ",
        make("span", { "class": "sub" }, [
          place.anchor ? day(place.anchor) : row.kind === "c" ? search.say.top : "",
          place.others ? " · " + filled(search.say.places, { n: place.others }) : ""
        ])
      ]),
      snippet(place.line, words)
    ]);
  }

  search.make = make;
  search.filled = filled;
  search.draw = { client: clientHit, person: personHit, other: otherHit, text: textHit };
})();
