/* The search dialog: a field, two filters, hits by group. Arrow keys choose, Enter opens, Esc closes.
   search-names.js finds names, search-index.js the notes, search-hits.js draws what was found. */
(function () {
  "use strict";
  var search = window.Kayoi.search;
  var make = search.make;
  var filled = search.filled;
  var draw = search.draw;
  var say;            /* the words, in the language of the page */
  var KEPT = "kayoi-search";
  var FIRST = { clients: 8, people: 6, backed: 4, others: 5, text: 6 };
  var dialog, field, rep, stage, status, list, keys;
  var round = 0;      /* every search has a number: what comes late for an older one is dropped */
  var shown = {};     /* group → so many hits are shown */
  var active = null;
  var timer = 0;
  var composing = false;

  function remembered() {
    try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch (e) { return {}; }
  }

  function remember() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ q: field.value, rep: rep.value, stage: stage.value }));
    } catch (e) { /* a browser that keeps nothing for pages on disk */ }
  }

  function wanted(row) {
    return (!rep.value || row.rep === Number(rep.value)) && (!stage.value || row.stage === Number(stage.value));
  }

  function filtered() { return Boolean(rep.value || stage.value); }

  function choose(node, quiet) {
    if (active) { active.setAttribute("aria-selected", "false"); }
    active = node || null;
    if (!active) { field.removeAttribute("aria-activedescendant"); return; }
    active.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", active.id);
    if (!quiet) { active.scrollIntoView({ block: "nearest" }); }
  }

  function options() { return Array.from(list.querySelectorAll("[role=option]")); }

  function number() {
    options().forEach(function (node, place) { node.id = "search-hit-" + place; });
    if (active && !list.contains(active)) { active = null; }
    choose(active || options()[0], true);
    field.setAttribute("aria-expanded", String(Boolean(active)));
  }

  function group(name, hits, all, draw) {
    if (!hits.length) { return; }
    var head = make("span", { "class": "group-name", id: "search-g-" + name }, [say[name], " "]);
    if (all) { head.append(make("span", { "class": "n" }, [all.toLocaleString("en")])); }
    var box = make("div", { role: "group", "aria-labelledby": head.id, "class": "hits g-" + name }, [head]);
    hits.forEach(function (hit) { box.append(draw(hit)); });
    list.append(box);
    return box;
  }

  function more(box, act) {
    var node = make("span", { role: "option", "aria-selected": "false", "class": "hit more" }, [say.more]);
    node.addEventListener("click", function () {
      var place = options().indexOf(node);
      node.remove();
      act();
      choose(options()[place]);
      field.focus();
    });
    box.append(node);
  }

  function tell(text, busy) {
    if (status.textContent !== text) { status.textContent = text; }
    list.setAttribute("aria-busy", String(Boolean(busy)));
  }

  function drawNames(words) {
    var groups = search.byNames(words, wanted);
    list.replaceChildren();
    [["clients", draw.client], ["people", draw.person], ["backed", draw.client], ["others", draw.other]].forEach(function (one) {
      var hits = groups[one[0]];
      var size = shown[one[0]] = shown[one[0]] || FIRST[one[0]];
      var box = group(one[0], hits.slice(0, size), hits.length, function (hit) { return one[1](hit.row, words); });
      if (hits.length > size) {
        more(box, function () {
          shown[one[0]] += 40;
          var place = box;
          hits.slice(size, shown[one[0]]).forEach(function (hit) { place.append(one[1](hit.row, words)); });
          if (hits.length > shown[one[0]]) { more(place, function () { drawNames(words); number(); }); }
          number();
        });
      }
    });
    number();
    return groups;
  }

  /* The notes' text: shards first, then the texts of so many pages as are shown. */
  function drawText(words, groups, mine) {
    var named = new Set();
    groups.clients.concat(groups.others, groups.backed).forEach(function (hit) { named.add(hit.row.code); });
    groups.people.forEach(function (hit) { named.add(hit.row.client.code); });
    var box = null;
    function batch(rows, size, found) {
      var now = rows.slice(0, 12);
      var later = rows.slice(12);
      return Promise.all(now.map(search.textOf)).then(function () {
        if (mine !== round) { return; }
        var rest = [];
        now.forEach(function (row) {
          var place = search.bestPlace(row.code, words);
          if (!place || (place.facts && named.has(row.code))) { return; }
          if (found >= size) { rest.push(row); return; }
          found += 1;
          box = box || group("text", [0], 0, function () { return draw.text({ row: row, place: place }, words); });
          if (found > 1) { box.append(draw.text({ row: row, place: place }, words)); }
        });
        rest = rest.concat(later);
        number();
        if (found < size && rest.length) { return batch(rest, size, found); }
        if (rest.length) {
          more(box, function () { batch(rest, found + 20, found).catch(broken); });
          number();
        }
        return { found: found, more: rest.length > 0 };
      });
    }
    return search.inText(words, wanted).then(function (rows) {
      return mine === round ? batch(rows, FIRST.text, 0) : undefined;
    });
  }

  function broken() { tell(say.failed); }

  /* Why the notes were not searched, or not for all that was typed. */
  function unsearched(words) {
    var short = words.filter(function (word) { return !search.lookups(word).length; });
    if (short.length < words.length) {
      var whole = words.find(function (word) { return /^[a-z]{2,3}$/.test(word); });
      return whole ? filled(say["short-word"], { word: whole }) : "";
    }
    return Array.from(short[0]).length > 1 ? filled(say.common, { word: short[0] }) : say["one-letter"];
  }

  function count(groups) {
    return groups.clients.length + groups.people.length + groups.backed.length + groups.others.length;
  }

  function close(groups, words, text) {
    var n = count(groups) + text.found;
    var typed = field.value.trim();
    var why = words.length ? unsearched(words) : "";
    var told = n ? filled(text.more ? say["found-more"] : say.found, { n: n })
      : filled(filtered() ? say["none-filtered"] : say.none, { word: typed });
    tell(why && !text.found ? (n ? told + " · " : "") + why : told);
  }

  function run() {
    var mine = ++round;
    clearTimeout(timer);
    remember();
    if (!search.rows) { return; }
    var words = field.value.trim().split(/\s+/).map(search.fold).filter(Boolean);
    shown = {};
    active = null;
    list.scrollTop = 0;
    if (!words.length && !filtered()) {
      list.replaceChildren();
      number();
      tell(say.hint);
      return;
    }
    var groups = drawNames(words);
    if (!words.some(function (word) { return search.lookups(word).length; })) {
      close(groups, words, { found: 0, more: false });
      return;
    }
    tell(say.looking, true);
    timer = setTimeout(function () {
      drawText(words, groups, mine).then(function (text) {
        if (mine === round && text) { close(groups, words, text); }
      }).catch(function () { if (mine === round) { broken(); } });
    }, 90);
  }

  function move(event) {
    if (event.isComposing || composing || event.keyCode === 229) { return; }
    var all = options();
    var at = all.indexOf(active);
    var to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && all.length && !event.shiftKey) {
      event.preventDefault();
      choose(all[(to + all.length) % all.length]);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      active.dispatchEvent(new MouseEvent("click", {
        bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey
      }));
    }
  }

  function select(label, any, table) {
    var node = make("select", {}, [make("option", { value: "" }, [any])]);
    table.forEach(function (entry, place) { node.append(make("option", { value: String(place) }, [entry[1]])); });
    node.addEventListener("change", run);
    return { label: make("label", {}, [make("span", {}, [label]), " ", node]), node: node };
  }

  function build() {
    say = search.say;
    field = make("input", {
      type: "search", role: "combobox", "aria-label": say.label, placeholder: say.placeholder,
      "aria-controls": "search-hits", "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", enterkeyhint: "go"
    });
    var shut = make("button", { type: "button", "class": "search-close", "aria-label": say.close }, ["×"]);
    var filters = make("div", { "class": "search-filters" });
    status = make("p", { role: "status", "class": "search-status" }, [say.loading]);
    list = make("div", { id: "search-hits", role: "listbox", "aria-label": say.label, "class": "search-hits" });
    keys = make("p", { "class": "search-keys", "aria-hidden": "true" }, [say.keys]);
    rep = stage = { value: "" };
    dialog = make("dialog", { "class": "search", "aria-label": say.label }, [
      make("div", { "class": "search-head" }, [field, shut]), filters, status, list, keys
    ]);
    document.body.append(dialog);
    shut.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog) { dialog.close(); }
      var link = event.target.closest("a.hit");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { dialog.close(); }
    });
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !event.isComposing && !composing) {
        event.preventDefault();
        dialog.close();
      }
    });
    field.addEventListener("keydown", move);
    field.addEventListener("compositionstart", function () { composing = true; });
    field.addEventListener("compositionend", function () { composing = false; run(); });
    field.addEventListener("input", function (event) { if (!composing && !event.isComposing) { run(); } });
    field.value = remembered().q || "";
    return filters;
  }

  function ready(filters) {
    var kept = remembered();
    var two = [select(say.rep, say["any-rep"], search.tables.reps), select(say.stage, say["any-stage"], search.tables.stages)];
    rep = two[0].node;
    stage = two[1].node;
    rep.value = kept.rep || "";
    stage.value = kept.stage || "";
    [rep, stage].forEach(function (node) { if (node.selectedIndex < 0) { node.value = ""; } });
    filters.append(two[0].label, two[1].label);
    search.backers = search.rows.filter(function (row) { return row.kind === "b"; }).map(search.whole);
    run();
  }

  search.open = function () {
    if (!dialog) {
      var filters = build();
      var get = function () { return search.load("search/names.js").then(function () { ready(filters); }); };
      get().catch(broken);
    }
    if (!dialog.open) { dialog.showModal(); }
    field.focus();
    field.select();
  };
})();
