/* Sorts and filters a list of clients. The choice stands in the address after "#?", so that it can be shared; a part
   after "?" would not reach a page on disk in every browser.
   Where the page holds the whole list, its rows are hidden and moved; else assets of all clients are loaded when they
   are first wanted (lists/clients.js), and rows are made from those in the page's template. Without this script the
   lists are as they were built. */
(function () {
  "use strict";
  var source = document.getElementById("list-tools");
  var Kayoi = window.Kayoi = window.Kayoi || {};
  if (!source || !Kayoi.out) { return; }

  var root = document.documentElement;
  var main = document.getElementById("main");
  var given = source.dataset;
  var SEVERAL = ["stage", "rep", "area", "product", "due"];
  var STAGES = ["approach", "wtt", "possible", "probable", "won", "resting", "dropped"];
  var DUE = ["overdue", "today", "at-once", "week", "next-week", "later", "never"];
  var PRESETS = [1e6, 5e6, 1e7, 3e7];
  var WINDOW = 200;
  var DOWN_FIRST = { value: true, last: true };

  /* ---- words and names ---- */

  var words = {};
  source.content.querySelectorAll("dl > dt").forEach(function (dt) {
    words[dt.textContent] = dt.nextElementSibling.textContent;
  });

  function say(key, params) {
    return (words[key] || "").replace(/\{(\w+)\}/g, function (_, name) { return params[name]; });
  }

  function number(n) { return n.toLocaleString("en"); }
  function yen(n) { return say("yen", { value: number(n) }); }

  /* As sitegen/text.py folds, without marks above and below letters: Ōta is found by ota, が by か. */
  function bare(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFKC")
      .replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0x60); })
      .normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  }

  /* The order of sitegen/site/views_lists.py: names of another alphabet come last in English, by their reading. */
  function nameKey(name, reading) {
    if (root.lang === "ja") {
      var key = bare(reading || name);
      return (/^[ぁ-ゟ]/.test(key) ? "0" : /^[a-z]/.test(key) ? "1" : "2") + key;
    }
    var latin = bare(name);
    return /^[a-z]/.test(latin) ? "0" + latin : "1" + bare(reading || name);
  }

  /* ---- records ---- */

  function textOf(row, selector) {
    var found = row.querySelector(selector);
    return found ? found.textContent.trim() : "";
  }

  function dayOf(row, selector) {
    var time = row.querySelector(selector + " time");
    return time ? time.getAttribute("datetime") : "";
  }

  function ofRow(row, place) {
    var value = row.querySelector(".c-value data");
    var visits = textOf(row, ".visits").split("/");
    var name = textOf(row, ".c-client a");
    var reading = row.dataset.reading || "";
    return {
      row: row, home: row.parentNode, place: place, name: name, reading: reading,
      native: textOf(row, ".c-client > .sub:not(:has(.badge))"), stage: row.dataset.stage,
      stageName: textOf(row, ".badge"), area: textOf(row, ".c-area, .area"), rep: textOf(row, ".c-rep"),
      product: row.dataset.product || textOf(row, ".c-product"), value: value ? Number(value.value) : null,
      due: dayOf(row, ".due-line"), state: row.dataset.state || "dated", last: dayOf(row, ".c-last"),
      visits: visits[0], why: textOf(row, ".c-why .sub"), said: textOf(row, ".c-said"),
      step: textOf(row, ".c-step"), key: nameKey(name, reading)
    };
  }

  /* The other side of `clients_js` in sitegen/site/list_data.py. */
  function ofData(data) {
    return data.rows.map(function (r, place) {
      return {
        row: null, place: place, page: r[0], name: r[1], native: r[2], reading: r[3],
        stage: data.stages[r[4]][0], stageName: data.stages[r[4]][1], rep: data.reps[r[5]],
        area: data.areas[r[6]], product: data.products[r[7]], value: r[8],
        due: typeof r[9] === "string" ? r[9] : "", state: r[9] === 1 ? "at-once" : r[9] === 2 ? "never" : "dated",
        last: r[10], visits: r[11], needed: r[12], key: place
      };
    }).filter(function (one) {
      return (!given.stage || one.stage === given.stage) && (!given.rep || one.rep === given.rep);
    });
  }

  /* ---- the reader's day ---- */

  var day = Kayoi.day || {};
  var iso = day.iso || root.dataset.built || "";
  var now = iso && day.number ? day.number(iso) : null;

  function group(one) {
    if (one.state !== "dated") { return one.state; }
    return now === null ? "" : day.heading(day.number(one.due), now);
  }

  /* ---- the choice ---- */

  /* Fields that hold several values are arrays; `value` is yen, `q` a text, `sort` a column, "-" before it: down. */
  function nothing() {
    return { stage: [], rep: [], area: [], product: [], due: [], value: 0, q: "", sort: "" };
  }

  var choice = nothing();
  var all = [];
  var columns = [];

  function any() {
    return filtered() || choice.sort !== "";
  }

  function filtered() {
    return choice.value > 0 || choice.q !== "" || SEVERAL.some(function (f) { return choice[f].length > 0; });
  }

  function valueOf(one, field) {
    return field === "due" ? group(one) : one[field];
  }

  /* What is not known is left out, never an error. */
  function read(address) {
    var found = nothing();
    if (address.slice(0, 2) !== "#?") { return found; }
    var params = new URLSearchParams(address.slice(2));
    SEVERAL.forEach(function (field) {
      if (!picks[field]) { return; }
      found[field] = params.getAll(field).filter(function (value, n, both) {
        return (picks[field].boxes.has(value) || (field === "stage" && STAGES.indexOf(value) >= 0) ||
          (field === "due" && DUE.indexOf(value) >= 0)) && both.indexOf(value) === n;
      });
    });
    var least = params.get("value") || "";
    if (selects.value && /^[0-9]{1,15}$/.test(least)) { found.value = Number(least); }
    found.q = (params.get("q") || "").slice(0, 200);
    var sort = params.get("sort") || "";
    if (columns.indexOf(sort.replace(/^-/, "")) >= 0) { found.sort = sort; }
    return found;
  }

  function written(more) {
    var params = new URLSearchParams();
    SEVERAL.forEach(function (field) {
      (more && more[field] ? [more[field]] : choice[field]).forEach(function (value) { params.append(field, value); });
    });
    if (choice.value) { params.set("value", choice.value); }
    if (choice.q) { params.set("q", choice.q); }
    if (choice.sort) { params.set("sort", choice.sort); }
    var text = params.toString();
    return text ? "#?" + text : "";
  }

  function keep() {
    var hash = written();
    if (hash !== location.hash) {
      try {
        history.replaceState(history.state, "", hash || location.pathname + location.search);
      } catch (e) {
        location.replace(hash || "#");
      }
    }
    var link = document.querySelector("a[data-all]");
    if (link) { link.hash = written({ stage: given.stage, rep: given.rep }); }
  }

  function fits(one) {
    for (var n = 0; n < SEVERAL.length; n++) {
      var wanted = choice[SEVERAL[n]];
      if (wanted.length && wanted.indexOf(valueOf(one, SEVERAL[n])) < 0) { return false; }
    }
    if (choice.value && !(one.value >= choice.value)) { return false; }
    if (!query.length) { return true; }
    if (one.folded === undefined) {
      one.folded = bare([one.name, one.native, one.reading, one.area, one.product, one.why ? one.row.textContent : ""].join("\n"));
    }
    return query.every(function (word) { return one.folded.indexOf(word) >= 0; });
  }

  var query = [];

  /* ---- order ---- */

  var SORT_BY = {
    name: function (one) { return one.key; },
    stage: function (one) { var n = STAGES.indexOf(one.stage); return n < 0 ? STAGES.length : n; },
    value: function (one) { return one.value; },
    due: function (one) { return one.state === "at-once" ? " " : one.due; }
  };

  function sorted(found) {
    if (!choice.sort) { return found; }
    var down = choice.sort[0] === "-" ? -1 : 1;
    var field = choice.sort.replace(/^-/, "");
    var by = SORT_BY[field] || function (one) { return one[field]; };
    var compare = new Intl.Collator(root.lang).compare;
    var text = field === "area" || field === "rep" || field === "product";
    return found.map(function (one) { return { one: one, by: by(one) }; }).sort(function (a, b) {
      var noA = a.by === "" || a.by === null, noB = b.by === "" || b.by === null;
      if (noA || noB) { return noA - noB || a.one.place - b.one.place; }
      var order = text ? compare(a.by, b.by) : a.by < b.by ? -1 : a.by > b.by ? 1 : 0;
      return order * down || a.one.place - b.one.place;
    }).map(function (pair) { return pair.one; });
  }

  /* ---- rows from the data ---- */

  var months = (given.months || "").split("|");
  var weekdays = (given.weekdays || "").split("|");

  function dayText(key, isoDay) {
    var date = new Date(isoDay + "T00:00:00Z");
    return say(key, {
      weekday: weekdays[date.getUTCDay()], day: date.getUTCDate(),
      month: months[date.getUTCMonth()], year: date.getUTCFullYear()
    });
  }

  var JAPANESE = /[\u3040-\u30ff\u3400-\u9fff]/;

  function fill(place, text) {
    place.textContent = text;
    if (place.firstChild && JAPANESE.test(text) && root.lang !== "ja") {
      var span = document.createElement("span");
      span.lang = "ja";
      span.textContent = text;
      place.replaceChildren(span);
    }
  }

  function fillDay(cell, key, isoDay) {
    var time = cell.querySelector("time");
    if (!time) { return; }
    time.setAttribute("datetime", isoDay);
    time.textContent = dayText(key, isoDay);
  }

  function tellLate(row, one) {
    var late = one.due && now !== null ? now - day.number(one.due) : -1;
    var place = row.querySelector(".when");
    if (!place) { return; }
    place.textContent = late === 0 ? root.dataset.today : late === 1 ? root.dataset.lateOne
      : late > 1 ? root.dataset.late.replace("{n}", number(late)) : "";
    row.classList.toggle("is-late", late > 0);
  }

  function blank(state) {
    return Array.from(source.content.querySelectorAll("tr.row")).find(function (row) {
      return (row.dataset.state || "dated") === state;
    });
  }

  /* Everything is set as text: nothing that a note says can become markup here. */
  function rowOf(one) {
    if (one.row) { return one.row; }
    var row = one.row = document.importNode(blank(one.state), true);
    var find = function (selector) { return row.querySelector(selector); };
    var link = find(".c-client a");
    row.dataset.stage = one.stage;
    link.href = "../clients/" + encodeURIComponent(one.page) + ".html";
    fill(link, one.name);
    if (one.native) { fill(find(".c-client .sub"), one.native); } else { find(".c-client .sub").remove(); }
    find(".badge").className = "badge st-" + one.stage;
    find(".badge").textContent = one.stageName;
    find(".visits").textContent = Math.min(one.visits, one.needed) + "/" + one.needed;
    fill(find(".c-area"), one.area);
    fill(find(".c-rep"), one.rep);
    fill(find(".c-product"), one.product);
    if (one.value === null) {
      find(".c-value").textContent = "";
    } else {
      find("data").value = one.value;
      find("data").textContent = yen(one.value);
    }
    fillDay(find(".c-due"), "day", one.due);
    var last = blank(one.last ? "dated" : "never").querySelector(".c-last").cloneNode(true);
    fillDay(last, "short-day", one.last);
    find(".c-last").replaceWith(last);
    tellLate(row, one);
    return row;
  }

  /* ---- showing ---- */

  var flat = null;
  var shown = [];
  var limit = WINDOW;
  var more = null;

  function sections() {
    return Array.from(main.querySelectorAll("section.group:not(.lt-flat)"));
  }

  /* One table without headings: for what is sorted, and for rows made from the data. */
  function flatBody() {
    if (!flat) {
      var table = main.querySelector("section.group table").cloneNode(true);
      table.querySelector("tbody").replaceChildren();
      flat = document.createElement("section");
      flat.className = "group lt-flat";
      flat.setAttribute("aria-label", main.querySelector("h1").firstChild.textContent.trim());
      flat.appendChild(table);
      var first = sections()[0];
      first.parentNode.insertBefore(flat, first);
      more = document.importNode(source.content.querySelector(".lt-more"), true);
      flat.after(more);
      more.firstElementChild.addEventListener("click", function () {
        var from = limit;
        limit += WINDOW;
        showFlat();
        rowOf(shown[from]).querySelector("a").focus();
      });
    }
    return flat.querySelector("tbody");
  }

  function showFlat() {
    var body = flatBody();
    var part = isData() ? shown.slice(0, limit) : shown;
    var rows = document.createDocumentFragment();
    part.forEach(function (one) {
      var row = rowOf(one);
      row.hidden = false;
      rows.appendChild(row);
    });
    body.replaceChildren(rows);
    var left = shown.length - part.length;
    more.hidden = left <= 0;
    more.firstElementChild.textContent = say("more", { n: number(Math.min(WINDOW, left)) });
    main.classList.add("lists-flat");
    flat.hidden = false;
  }

  function showGrouped() {
    if (flat) {
      flat.hidden = more.hidden = true;
      flat.querySelector("tbody").replaceChildren();
    }
    if (main.classList.contains("lists-flat") && !isData()) {
      all.forEach(function (one) { one.home.appendChild(one.row); });
    }
    main.classList.remove("lists-flat");
    if (isData()) { return; }
    var fit = new Set(shown);
    all.forEach(function (one) { one.row.hidden = !fit.has(one); });
    sections().forEach(function (section) {
      var rows = section.querySelectorAll("tbody > tr.row:not([hidden])").length;
      section.hidden = !rows;
      tellCount(section, rows);
    });
  }

  function tellCount(section, rows) {
    var place = section.querySelector("h2 .n");
    if (!place) { return; }
    place.textContent = filtered() ? number(rows) : number(Number(place.dataset.n));
    var link = main.querySelector('.counts a[href="#' + section.id + '"]');
    if (!link) { return; }
    link.querySelector("b").textContent = place.textContent;
    link.classList.toggle("none", place.textContent === "0");
  }

  /* ---- heads ---- */

  function headed() {
    var tables = main.querySelectorAll("section.group:not([hidden]) table.list-rows");
    return Array.from(tables).find(function (table) {
      return main.classList.contains("lists-flat") ? table.closest(".lt-flat") : true;
    });
  }

  /* Only the first visible table shows its head; the buttons stand there and nowhere else. */
  function dressHeads() {
    var table = headed();
    main.querySelectorAll("th[data-sort]").forEach(function (th) {
      var here = th.closest("table") === table;
      var button = th.querySelector("button");
      if (here && !button) {
        button = document.createElement("button");
        button.type = "button";
        button.textContent = th.textContent;
        th.replaceChildren(button);
      } else if (!here && button) {
        th.textContent = button.textContent;
      }
      var field = th.dataset.sort;
      if (here && choice.sort.replace(/^-/, "") === field && choice.sort) {
        th.setAttribute("aria-sort", choice.sort[0] === "-" ? "descending" : "ascending");
      } else {
        th.removeAttribute("aria-sort");
      }
    });
  }

  function turn(field) {
    var first = DOWN_FIRST[field] ? "-" + field : field;
    var second = DOWN_FIRST[field] ? field : "-" + field;
    choice.sort = choice.sort === first ? second : choice.sort === second ? "" : first;
  }

  main.addEventListener("click", function (event) {
    var button = event.target.closest("th[data-sort] button");
    if (!button) { return; }
    var field = button.parentNode.dataset.sort;
    ready(function () {
      turn(field);
      apply();
      var again = headed().querySelector('th[data-sort="' + field + '"] button');
      if (again) { again.focus(); }
    });
  });

  /* ---- the bar ---- */

  var bar = document.importNode(source.content.querySelector(".list-tools"), true);
  var told = bar.querySelector(".lt-told");
  var clear = bar.querySelector(".lt-clear");
  var search = bar.querySelector(".lt-q");
  var picks = {};
  var selects = {};

  function labelOf(field, value) {
    if (field === "due") { return words["due." + value]; }
    if (field === "stage") {
      var one = all.find(function (a) { return a.stage === value; });
      return one ? one.stageName : words["stage." + value] || value;
    }
    return value || words.none;
  }

  function optionsOf(field) {
    var counts = new Map();
    all.forEach(function (one) {
      var value = valueOf(one, field);
      counts.set(value, (counts.get(value) || 0) + 1);
    });
    var ladder = field === "stage" ? STAGES : field === "due" ? DUE : null;
    var compare = new Intl.Collator(root.lang).compare;
    return Array.from(counts).sort(function (a, b) {
      if (ladder) { return (ladder.indexOf(a[0]) + 99) % 99 - (ladder.indexOf(b[0]) + 99) % 99; }
      return (a[0] === "") - (b[0] === "") || compare(a[0], b[0]);
    });
  }

  function makePick(details) {
    var field = details.dataset.field;
    var options = field === "due" && now === null ? [] : optionsOf(field);
    details.hidden = options.length < 2;
    if (details.hidden) { delete picks[field]; return; }
    var pick = picks[field] = { details: details, boxes: new Map() };
    var list = details.querySelector("fieldset");
    list.querySelectorAll(".lt-option").forEach(function (old) { old.remove(); });
    options.forEach(function (option) { addBox(pick, field, option[0], option[1]); });
  }

  function addBox(pick, field, value, count) {
    var label = document.importNode(source.content.querySelector(".lt-option"), true);
    var box = label.querySelector("input");
    fill(label.querySelector("span"), labelOf(field, value));
    label.querySelector("b").textContent = number(count);
    box.addEventListener("change", function () {
      choice[field] = choice[field].filter(function (v) { return v !== value; });
      if (box.checked) { choice[field].push(value); }
      apply();
    });
    pick.details.querySelector("fieldset").appendChild(label);
    pick.boxes.set(value, box);
    return box;
  }

  function makeSelects() {
    bar.querySelectorAll(".lt-select").forEach(function (select) {
      var field = select.dataset.field;
      while (select.options.length > 1) { select.remove(1); }
      var options = field === "value" ? valueOptions() : sortOptions();
      options.forEach(function (o) { select.add(new Option(o[1], o[0])); });
      (select.closest("label") || select).hidden = !options.length;
      if (options.length) { selects[field] = select; } else { delete selects[field]; }
    });
  }

  function valueOptions() {
    var values = new Set(all.map(function (one) { return one.value; }));
    var most = Math.max.apply(null, Array.from(values));
    if (values.size < 2) { return []; }
    return PRESETS.filter(function (p) { return p <= most; }).map(function (p) {
      return [String(p), say("at-least", { value: yen(p) })];
    });
  }

  function sortOptions() {
    var options = [];
    columns.forEach(function (field) {
      ["up", "down"].forEach(function (way) {
        options.push([(way === "down" ? "-" : "") + field, say(way, { column: words["column." + field] })]);
      });
    });
    return options;
  }

  function showChoice() {
    var on = 0;
    SEVERAL.forEach(function (field) {
      var pick = picks[field];
      if (!pick) { return; }
      choice[field].forEach(function (value) {
        if (!pick.boxes.has(value)) { addBox(pick, field, value, 0); }
      });
      pick.boxes.forEach(function (box, value) { box.checked = choice[field].indexOf(value) >= 0; });
      pick.details.querySelector(".lt-on").textContent = choice[field].length || "";
      on += choice[field].length ? 1 : 0;
    });
    if (selects.value) { choose(selects.value, choice.value ? String(choice.value) : ""); on += choice.value ? 1 : 0; }
    if (selects.sort) { choose(selects.sort, choice.sort); }
    if (search.value.trim() !== choice.q) { search.value = choice.q; }
    bar.querySelector(".lt-box > summary .lt-on").textContent = on + (choice.q ? 1 : 0) || "";
  }

  function choose(select, value) {
    select.value = value;
    if (select.value !== value) {
      select.add(new Option(say("at-least", { value: yen(Number(value)) }), value));
      select.value = value;
    }
  }

  function tell() {
    var parts = [];
    SEVERAL.forEach(function (field) {
      if (choice[field].length) {
        parts.push(choice[field].map(function (value) { return labelOf(field, value); }).join(words.joint));
      }
    });
    if (choice.value) { parts.push(say("at-least", { value: yen(choice.value) })); }
    if (choice.q) { parts.push(say("searched", { text: choice.q })); }
    if (choice.sort) {
      var way = choice.sort[0] === "-" ? "down" : "up";
      var column = say(way, { column: words["column." + choice.sort.replace(/^-/, "")] });
      parts.push(say("sorted", { column: column }));
    }
    var key = given.paged !== undefined && !given.src ? "found-page" : "found";
    var counted = say(key, { n: number(shown.length), all: number(all.length) });
    told.textContent = any() ? counted + (shown.length ? "" : " " + words.nobody) + " · " + parts.join(" · ") : "";
    clear.hidden = !any();
  }

  /* ---- all together ---- */

  function isData() { return given.src !== "" && given.src !== undefined; }

  function apply() {
    query = bare(choice.q).split(" ").filter(Boolean);
    limit = WINDOW;
    shown = sorted(filtered() ? all.filter(fits) : all);
    if (choice.sort || (isData() && (any() || given.whole !== undefined))) { showFlat(); } else { showGrouped(); }
    dressHeads();
    showChoice();
    tell();
    keep();
  }

  function fromAddress() {
    choice = read(location.hash);
    apply();
  }

  var loaded = false;
  var waiting = null;

  /* Calls `then` once the clients are there: at once where the page holds them. */
  function ready(then) {
    if (loaded) { then(); return; }
    if (waiting) { waiting.push(then); return; }
    waiting = [then];
    told.textContent = words.loading;
    var script = document.createElement("script");
    script.src = given.src;
    script.onload = function () { begin(ofData(Kayoi.clients)); };
    script.onerror = function () { told.textContent = words.failed; waiting = null; };
    document.head.appendChild(script);
  }

  function begin(records) {
    all = records;
    loaded = true;
    told.textContent = "";
    bar.querySelectorAll(".lt-pick").forEach(makePick);
    makeSelects();
    var calls = waiting || [];
    waiting = null;
    calls.forEach(function (call) { call(); });
  }

  /* ---- out ---- */

  var CELLS = {
    stage: function (one) { return one.stageName; },
    value: function (one) { return one.value === null ? "" : one.value; },
    due: function (one) { return one.due || words["due." + one.state] || ""; }
  };
  var FIELDS = given.kind === "due"
    ? ["name", "stage", "area", "product", "due", "why", "said", "step"]
    : ["name", "native", "reading", "stage", "visits", "area", "rep", "product", "value", "due", "last"];

  function table() {
    var heads = FIELDS.map(function (field) { return words["column." + field]; });
    var visible = given.kind === "due" ? inPageOrder(shown) : shown;
    return [heads].concat(visible.map(function (one) {
      return FIELDS.map(function (field) { return CELLS[field] ? CELLS[field](one) : one[field]; });
    }));
  }

  /* On a later day the rows of a due list have been put under other headings. */
  function inPageOrder(found) {
    var places = new Map();
    main.querySelectorAll("tr.row").forEach(function (row, n) { places.set(row, n); });
    return found.slice().sort(function (a, b) { return places.get(a.row) - places.get(b.row); });
  }

  function title() {
    return main.querySelector("h1").firstChild.textContent.trim() + (iso ? " " + iso : "");
  }

  bar.querySelector(".lt-save").addEventListener("click", function () {
    ready(function () { Kayoi.out.save(title(), table()); });
  });
  bar.querySelector(".lt-copy").addEventListener("click", function () {
    ready(function () {
      Kayoi.out.copy(table(), function (done) { told.textContent = words[done ? "copied" : "not-copied"]; });
    });
  });

  /* ---- begin ---- */

  clear.addEventListener("click", function () {
    choice = nothing();
    apply();
    search.focus();
  });

  var typing = 0;
  search.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(function () {
      ready(function () { choice.q = search.value.trim(); apply(); });
    }, 120);
  });

  bar.querySelectorAll(".lt-select").forEach(function (select) {
    select.addEventListener("change", function () {
      choice[select.dataset.field] = select.dataset.field === "value" ? Number(select.value) : select.value;
      apply();
    });
  });

  /* One choice is open at a time; Escape and a click elsewhere close it. */
  bar.querySelectorAll(".lt-pick").forEach(function (details) {
    details.addEventListener("toggle", function () {
      if (!details.open) { return; }
      bar.querySelectorAll(".lt-pick[open]").forEach(function (o) { if (o !== details) { o.open = false; } });
    });
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest(".lt-pick")) { return; }
    bar.querySelectorAll(".lt-pick[open]").forEach(function (details) { details.open = false; });
  });
  bar.addEventListener("keydown", function (event) {
    var details = event.key === "Escape" && event.target.closest(".lt-pick[open]");
    if (details) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });

  /* A jump to a heading would put the choice out of the address: it is put back once the page is there. */
  window.addEventListener("hashchange", function () {
    if (location.hash.slice(0, 2) === "#?" || !location.hash) { ready(fromAddress); } else if (any()) { keep(); }
  });

  function start() {
    var rows = Array.from(main.querySelectorAll("section.group tr.row"));
    if (rows.length < 2) { return; }
    var heads = Array.from(main.querySelectorAll("table.list-rows th[data-sort]"), function (th) { return th.dataset.sort; });
    columns = heads.filter(function (field, n) { return heads.indexOf(field) === n; });
    var place = source.nextElementSibling;
    place.parentNode.insertBefore(bar, place);
    var wide = window.matchMedia("(min-width: 52.01rem)");
    var box = bar.querySelector(".lt-box");
    var unfold = function () { box.open = wide.matches; };
    unfold();
    wide.addEventListener("change", unfold);
    dressHeads();
    if (!isData()) {
      begin(rows.map(ofRow));
      if (location.hash.slice(0, 2) === "#?") { fromAddress(); }
      return;
    }
    makeSelects();
    ["pointerenter", "focusin", "touchstart"].forEach(function (sort) {
      bar.addEventListener(sort, function () { ready(function () { /* the choices are filled in */ }); }, { passive: true });
    });
    if (given.whole !== undefined || location.hash.slice(0, 2) === "#?") { ready(fromAddress); }
  }

  start();
})();
