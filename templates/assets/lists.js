/* Sorts and filters a list of clients. The choice stands in the address after "#?", so that it can be shared: a part
   after "?" alone is not kept by every browser for pages on disk.
   Where the page holds the whole list its rows are hidden and moved; else the data of all clients (lists/clients.js)
   are loaded when they are first wanted, and rows are made of them. Without this script lists are as they were built. */
(function () {
  "use strict";
  var Kayoi = window.Kayoi || {};
  var L = Kayoi.lists;
  var rows = Array.from(document.querySelectorAll("#main section.group tr.row"));
  if (!L || !L.makeBar || !Kayoi.out || rows.length < 2) { return; }

  var C = L.choice;
  var main = document.getElementById("main");
  var source = document.getElementById("list-tools");
  var given = source.dataset;
  var fromData = Boolean(given.src);
  var WINDOW = 200;
  var LARGEST_FIRST = { value: true, last: true };

  var heads = Array.from(main.querySelectorAll("table.list-rows th[data-sort]"), function (th) { return th.dataset.sort; });
  var columns = heads.filter(function (field, n) { return heads.indexOf(field) === n; });
  var choice = C.nothing();
  var all = [];
  var shown = [];
  var limit = WINDOW;
  var bar = L.makeBar(columns, function (how) { ready(function () { how(choice); apply(); }); });

  /* ---- one table without headings: for what is sorted, and for rows made of the data ---- */

  var flat = null;
  var more = null;

  function sections() {
    return Array.from(main.querySelectorAll("section.group:not(.lt-flat)"));
  }

  function title() {
    return main.querySelector("h1").firstChild.textContent.trim();
  }

  function makeFlat() {
    var first = sections()[0];
    var table = first.querySelector("table").cloneNode(true);
    table.querySelector("tbody").replaceChildren();
    flat = document.createElement("section");
    flat.className = "group lt-flat";
    flat.setAttribute("aria-label", title());
    flat.appendChild(table);
    more = document.importNode(source.content.querySelector(".lt-more"), true);
    first.before(flat, more);
    more.firstElementChild.addEventListener("click", function () {
      var from = limit;
      limit += WINDOW;
      showFlat();
      L.rowOf(shown[from]).querySelector("a").focus();
    });
  }

  function showFlat() {
    if (!flat) { makeFlat(); }
    var part = fromData ? shown.slice(0, limit) : shown;
    var found = document.createDocumentFragment();
    part.forEach(function (one) {
      var row = L.rowOf(one);
      row.hidden = false;
      found.appendChild(row);
    });
    flat.querySelector("tbody").replaceChildren(found);
    var left = shown.length - part.length;
    more.hidden = left <= 0;
    more.firstElementChild.textContent = L.say("more", { n: L.number(Math.min(WINDOW, left)) });
    main.classList.add("lists-flat");
    flat.hidden = false;
  }

  /* ---- the list as it was built, without the rows that don't fit ---- */

  function showGrouped() {
    if (flat) {
      flat.hidden = more.hidden = true;
      flat.querySelector("tbody").replaceChildren();
      if (!fromData) { all.forEach(function (one) { one.home.appendChild(one.row); }); }
    }
    main.classList.remove("lists-flat");
    if (fromData) { return; }
    var fit = new Set(shown);
    all.forEach(function (one) { one.row.hidden = !fit.has(one); });
    sections().forEach(function (section) {
      var n = section.querySelectorAll("tbody > tr.row:not([hidden])").length;
      section.hidden = !n;
      tellCount(section, n);
    });
  }

  function tellCount(section, n) {
    var place = section.querySelector("h2 .n");
    if (!place) { return; }
    place.textContent = L.number(C.filtered(choice) ? n : Number(place.dataset.n));
    var link = main.querySelector('.counts a[href="#' + section.id + '"]');
    if (!link) { return; }
    link.querySelector("b").textContent = place.textContent;
    link.classList.toggle("none", place.textContent === "0");
  }

  /* ---- heads of columns ---- */

  function headed() {
    return flat && !flat.hidden ? flat : main.querySelector("section.group:not([hidden])");
  }

  /* Only the first table shows its head; the buttons stand there and nowhere else. On a phone no table does. */
  var heading = window.matchMedia("(min-width: 40.01rem)");

  function dressHeads() {
    var section = heading.matches && headed();
    main.querySelectorAll("th[data-sort]").forEach(function (th) {
      var here = Boolean(section) && section.contains(th);
      var button = th.querySelector("button");
      if (here && !button) {
        button = document.createElement("button");
        button.type = "button";
        button.textContent = th.textContent;
        th.replaceChildren(button);
      } else if (!here && button) {
        th.textContent = button.textContent;
      }
      th.removeAttribute("aria-sort");
      if (here && choice.sort && C.column(choice) === th.dataset.sort) {
        th.setAttribute("aria-sort", C.way(choice) < 0 ? "descending" : "ascending");
      }
    });
  }

  /* One way, the other way, the list's own order. */
  function turn(field) {
    var first = (LARGEST_FIRST[field] ? "-" : "") + field;
    var second = (LARGEST_FIRST[field] ? "" : "-") + field;
    choice.sort = choice.sort === first ? second : choice.sort === second ? "" : first;
  }

  heading.addEventListener("change", dressHeads);
  main.addEventListener("click", function (event) {
    var button = event.target.closest("th[data-sort] button");
    if (!button) { return; }
    var field = button.parentNode.dataset.sort;
    ready(function () {
      turn(field);
      apply();
      var again = headed().querySelector('th[data-sort="' + field + '"] button');
      if (again) { again.focus({ preventScroll: true }); }
    });
  });

  /* ---- the address ---- */

  function keep() {
    var hash = C.written(choice);
    if (hash !== location.hash && (hash || location.hash.slice(0, 2) === "#?")) {
      try {
        history.replaceState(history.state, "", hash || location.pathname + location.search);
      } catch (e) {
        location.replace(hash || "#");
      }
    }
    var link = main.querySelector("a[data-all]");
    if (link) { link.hash = C.written(choice, { stage: given.stage, rep: given.rep }); }
  }

  function chosen() { return location.hash.slice(0, 2) === "#?"; }

  function fromAddress() {
    choice = C.read(location.hash, bar.known);
    apply();
  }

  /* A jump to a heading would put the choice out of the address: it is put back once the page is there. */
  window.addEventListener("hashchange", function () {
    if (chosen() || !location.hash) { ready(fromAddress); } else if (C.any(choice)) { keep(); }
  });

  /* ---- all together ---- */

  function apply() {
    limit = WINDOW;
    shown = C.sorted(choice, C.fitting(choice, all));
    if (choice.sort || (fromData && (C.any(choice) || given.whole !== undefined))) { showFlat(); } else { showGrouped(); }
    dressHeads();
    bar.show(choice, shown.length, all.length);
    keep();
  }

  var loaded = false;
  var waiting = null;

  function begin(records) {
    all = shown = records;
    loaded = true;
    bar.told.textContent = "";
    bar.fillIn(all);
  }

  /* Calls `then` once the clients are there: at once where the page holds them. */
  function ready(then) {
    if (loaded) { then(); return; }
    if (waiting) { waiting.push(then); return; }
    waiting = [then];
    bar.told.textContent = L.words.loading;
    var script = document.createElement("script");
    script.src = given.src;
    script.onload = function () {
      begin(L.ofData(Kayoi.clients));
      waiting.forEach(function (call) { call(); });
    };
    script.onerror = function () {
      waiting = null;
      bar.told.textContent = L.words.failed;
    };
    document.head.appendChild(script);
  }

  /* ---- copied and saved ---- */

  var CELLS = {
    stage: function (one) { return one.stageName; },
    value: function (one) { return one.value === null ? "" : one.value; },
    due: function (one) { return one.due || L.words["due." + one.state]; }
  };
  var FIELDS = given.kind === "due"
    ? ["name", "stage", "area", "product", "due", "why", "said", "step"]
    : ["name", "native", "reading", "stage", "visits", "area", "rep", "product", "value", "due", "last"];

  /* On a later day the rows of a due list stand under other headings than they were built under. */
  function inPageOrder(found) {
    var places = new Map();
    main.querySelectorAll("tr.row").forEach(function (row, n) { places.set(row, n); });
    return found.slice().sort(function (a, b) { return places.get(a.row) - places.get(b.row); });
  }

  function table() {
    var found = given.kind === "due" ? inPageOrder(shown) : shown;
    return [FIELDS.map(function (field) { return L.words["column." + field]; })].concat(found.map(function (one) {
      return FIELDS.map(function (field) { return CELLS[field] ? CELLS[field](one) : one[field]; });
    }));
  }

  bar.element.querySelector(".lt-save").addEventListener("click", function () {
    ready(function () { Kayoi.out.save(title() + (L.iso ? " " + L.iso : ""), table()); });
  });
  bar.element.querySelector(".lt-copy").addEventListener("click", function () {
    ready(function () {
      Kayoi.out.copy(table(), function (done) { bar.told.textContent = L.words[done ? "copied" : "not-copied"]; });
    });
  });

  /* ---- begin ---- */

  source.after(bar.element);
  dressHeads();
  if (fromData) {
    ["pointerenter", "focusin", "touchstart"].forEach(function (sort) {
      bar.element.addEventListener(sort, function () { ready(function () { /* now there is something to choose */ }); },
        { passive: true });
    });
    if (given.whole !== undefined || chosen()) { ready(fromAddress); }
  } else {
    begin(rows.map(L.ofRow));
    if (chosen()) { fromAddress(); }
  }
})();
