/* The bar above a list: made from the page's template, filled with what the list's clients have, and showing a choice. */
(function () {
  "use strict";
  var L = window.Kayoi && window.Kayoi.lists;
  if (!L) { return; }

  var source = document.getElementById("list-tools");
  var C = L.choice;
  var PRESETS = [1e6, 5e6, 1e7, 3e7];

  /* `columns` that can be sorted by; `change(how)` is called with a function that alters the choice. */
  L.makeBar = function (columns, change) {
    var bar = document.importNode(source.content.querySelector(".list-tools"), true);
    var search = bar.querySelector(".lt-q");
    var clear = bar.querySelector(".lt-clear");
    var told = bar.querySelector(".lt-told");
    var details = Array.from(bar.querySelectorAll(".lt-pick"));
    var picks = {};
    var selects = {};
    var stageNames = {};

    function label(field, value) {
      if (field === "due") { return L.words["due." + value]; }
      if (field === "stage") { return stageNames[value] || L.words["stage." + value] || value; }
      return value || L.words.none;
    }

    function addBox(pick, field, value, count) {
      var option = document.importNode(source.content.querySelector(".lt-option"), true);
      var box = option.querySelector("input");
      L.fill(option.querySelector("span"), label(field, value));
      option.querySelector("b").textContent = L.number(count);
      box.addEventListener("change", function () {
        change(function (choice) {
          choice[field] = choice[field].filter(function (v) { return v !== value; });
          if (box.checked) { choice[field].push(value); }
        });
      });
      pick.querySelector("fieldset").appendChild(option);
      picks[field].set(value, box);
    }

    /* Only where there is more than one value there is a choice. */
    function makePick(pick, all) {
      var field = pick.dataset.field;
      var values = field === "due" && !L.dayKnown ? [] : C.values(all, field);
      pick.hidden = values.length < 2;
      if (pick.hidden) { return; }
      picks[field] = new Map();
      values.forEach(function (found) { addBox(pick, field, found[0], found[1]); });
    }

    function valueOptions(all) {
      var values = new Set(all.map(function (one) { return one.value; }));
      var most = 0;
      values.forEach(function (value) { most = Math.max(most, value || 0); });
      return values.size < 2 ? [] : PRESETS.filter(function (least) { return least <= most; }).map(function (least) {
        return [String(least), L.say("at-least", { value: L.yen(least) })];
      });
    }

    function sortOptions() {
      var options = [];
      columns.forEach(function (field) {
        var column = { column: L.words["column." + field] };
        options.push([field, L.say("up", column)], ["-" + field, L.say("down", column)]);
      });
      return options;
    }

    function makeSelect(select, options) {
      options.forEach(function (option) { select.add(new Option(option[1], option[0])); });
      (select.closest("label") || select).hidden = !options.length;
      if (options.length) { selects[select.dataset.field] = select; }
    }

    /* Fills in what there is to choose among these clients; called once. */
    function fillIn(all) {
      all.forEach(function (one) { stageNames[one.stage] = one.stageName; });
      details.forEach(function (pick) { makePick(pick, all); });
      bar.querySelectorAll(".lt-select").forEach(function (select) {
        makeSelect(select, select.dataset.field === "value" ? valueOptions(all) : sortOptions());
      });
    }

    /* A stage and a heading are known though nobody is there just now: a shared address then shows nobody. */
    function known(field, value) {
      if (field === "value") { return Boolean(selects.value); }
      if (field === "sort") { return columns.indexOf(value) >= 0; }
      if (!picks[field]) { return false; }
      return picks[field].has(value) || (field === "stage" && C.STAGES.indexOf(value) >= 0) ||
        (field === "due" && C.DUE.indexOf(value) >= 0);
    }

    function showPick(pick, choice) {
      var field = pick.dataset.field;
      if (!picks[field]) { return; }
      choice[field].forEach(function (value) {
        if (!picks[field].has(value)) { addBox(pick, field, value, 0); }
      });
      picks[field].forEach(function (box, value) { box.checked = choice[field].indexOf(value) >= 0; });
      pick.querySelector(".lt-on").textContent = choice[field].length || "";
    }

    function showSelect(field, value) {
      var select = selects[field];
      if (!select) { return; }
      select.value = value;
      if (select.value !== value) {
        select.add(new Option(L.say("at-least", { value: L.yen(Number(value)) }), value));
        select.value = value;
      }
    }

    function described(choice) {
      var parts = C.SEVERAL.filter(function (field) { return choice[field].length; }).map(function (field) {
        return choice[field].map(function (value) { return label(field, value); }).join(L.words.joint);
      });
      if (choice.value) { parts.push(L.say("at-least", { value: L.yen(choice.value) })); }
      if (choice.q) { parts.push(L.say("searched", { text: choice.q })); }
      if (choice.sort) {
        var column = { column: L.words["column." + C.column(choice)] };
        parts.push(L.say("sorted", { column: L.say(C.way(choice) < 0 ? "down" : "up", column) }));
      }
      return parts;
    }

    function show(choice, shown, all) {
      details.forEach(function (pick) { showPick(pick, choice); });
      showSelect("value", choice.value ? String(choice.value) : "");
      showSelect("sort", choice.sort);
      if (search.value.trim() !== choice.q) { search.value = choice.q; }
      var parts = described(choice);
      bar.querySelector(".lt-box > summary .lt-on").textContent = parts.length - (choice.sort ? 1 : 0) || "";
      var key = source.dataset.paged !== undefined && !source.dataset.src ? "found-page" : "found";
      var counted = L.say(key, { n: L.number(shown), all: L.number(all) }) + (shown ? "" : " " + L.words.nobody);
      told.textContent = parts.length ? [counted].concat(parts).join(" · ") : "";
      clear.hidden = !parts.length;
    }

    clear.addEventListener("click", function () {
      change(function (choice) { Object.assign(choice, C.nothing()); });
      search.focus();
    });

    var typing = 0;
    search.addEventListener("input", function () {
      clearTimeout(typing);
      typing = setTimeout(function () {
        change(function (choice) { choice.q = search.value.trim(); });
      }, 120);
    });

    bar.querySelectorAll(".lt-select").forEach(function (select) {
      select.addEventListener("change", function () {
        change(function (choice) {
          choice[select.dataset.field] = select.dataset.field === "value" ? Number(select.value) : select.value;
        });
      });
    });

    /* One is open at a time; Escape and a click elsewhere close it. */
    details.forEach(function (pick) {
      pick.addEventListener("toggle", function () {
        if (pick.open) { details.forEach(function (other) { other.open = other === pick; }); }
      });
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest(".lt-pick")) { details.forEach(function (pick) { pick.open = false; }); }
    });
    bar.addEventListener("keydown", function (event) {
      var pick = event.key === "Escape" && event.target.closest(".lt-pick[open]");
      if (pick) {
        pick.open = false;
        pick.querySelector("summary").focus();
      }
    });

    /* On a phone the choices are folded away. */
    var wide = window.matchMedia("(min-width: 52.01rem)");
    function unfold() { bar.querySelector(".lt-box").open = wide.matches; }
    unfold();
    wide.addEventListener("change", unfold);

    return { element: bar, told: told, fillIn: fillIn, known: known, show: show };
  };
})();
