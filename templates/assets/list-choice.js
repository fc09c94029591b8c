/* The choice that a list shows: what it holds, how it stands in an address, whom it fits, in which order.
   Fields that hold several values are arrays; `value` is yen, `q` a text, `sort` a column, with "-" before it: down. */
(function () {
  "use strict";
  var L = window.Kayoi && window.Kayoi.lists;
  if (!L) { return; }

  var SEVERAL = ["stage", "rep", "area", "product", "due"];
  var STAGES = ["approach", "wtt", "possible", "probable", "won", "resting", "dropped"];
  var DUE = ["overdue", "today", "at-once", "week", "next-week", "later", "never"];
  var compare = new Intl.Collator(document.documentElement.lang).compare;

  function nothing() {
    return { stage: [], rep: [], area: [], product: [], due: [], value: 0, q: "", sort: "" };
  }

  function filtered(choice) {
    return choice.value > 0 || choice.q !== "" || SEVERAL.some(function (f) { return choice[f].length > 0; });
  }

  function any(choice) {
    return filtered(choice) || choice.sort !== "";
  }

  /* The column that is sorted by, and which way: 1 up, -1 down. */
  function column(choice) { return choice.sort.replace(/^-/, ""); }
  function way(choice) { return choice.sort.charAt(0) === "-" ? -1 : 1; }

  function valueOf(one, field) {
    return field === "due" ? L.group(one) : one[field];
  }

  /* The choice of an address; `known(field, value)` says what the list has. All else is left out, never an error. */
  function read(address, known) {
    var found = nothing();
    if (address.slice(0, 2) !== "#?") { return found; }
    var params = new URLSearchParams(address.slice(2));
    SEVERAL.forEach(function (field) {
      found[field] = params.getAll(field).filter(function (value, n, both) {
        return known(field, value) && both.indexOf(value) === n;
      });
    });
    var least = params.get("value") || "";
    if (/^[0-9]{1,15}$/.test(least) && known("value", least)) { found.value = Number(least); }
    found.q = (params.get("q") || "").slice(0, 200).trim();
    var sort = params.get("sort") || "";
    if (known("sort", sort.replace(/^-/, ""))) { found.sort = sort; }
    return found;
  }

  /* The other way round; `base` holds what a list itself has chosen, for the list of all clients. */
  function written(choice, base) {
    var params = new URLSearchParams();
    SEVERAL.forEach(function (field) {
      var values = base && base[field] ? [base[field]] : choice[field];
      values.forEach(function (value) { params.append(field, value); });
    });
    if (choice.value) { params.set("value", choice.value); }
    if (choice.q) { params.set("q", choice.q); }
    if (choice.sort) { params.set("sort", choice.sort); }
    var text = params.toString();
    return text ? "#?" + text : "";
  }

  function folded(one) {
    if (one.folded === undefined) {
      var text = [one.name, one.native, one.reading, one.area, one.product, one.text];
      one.folded = L.bare(text.join("\n"));
    }
    return one.folded;
  }

  /* Those whom the choice fits, in their order. */
  function fitting(choice, all) {
    if (!filtered(choice)) { return all; }
    var words = L.bare(choice.q).split(" ").filter(Boolean);
    var fields = SEVERAL.filter(function (field) { return choice[field].length; });
    return all.filter(function (one) {
      return fields.every(function (field) { return choice[field].indexOf(valueOf(one, field)) >= 0; }) &&
        (!choice.value || (one.value !== null && one.value >= choice.value)) &&
        words.every(function (word) { return folded(one).indexOf(word) >= 0; });
    });
  }

  function rung(ladder, value) {
    var n = ladder.indexOf(value);
    return n < 0 ? ladder.length : n;
  }

  /* What a column is sorted by; "" and null stand for nothing, which comes last both ways. */
  var BY = {
    name: function (one) { return one.key; },
    stage: function (one) { return rung(STAGES, one.stage); },
    due: function (one) { return one.state === "at-once" ? " " : one.due; }
  };

  /* Equals stay in the list's own order. */
  function sorted(choice, found) {
    if (!choice.sort) { return found; }
    var field = column(choice);
    var turn = way(choice);
    var by = BY[field] || function (one) { return one[field]; };
    var text = field === "area" || field === "rep" || field === "product";
    return found.map(function (one) { return { one: one, by: by(one) }; }).sort(function (a, b) {
      var noA = a.by === "" || a.by === null;
      var noB = b.by === "" || b.by === null;
      var order = noA || noB ? noA - noB
        : turn * (text ? compare(a.by, b.by) : a.by < b.by ? -1 : a.by > b.by ? 1 : 0);
      return order || a.one.place - b.one.place;
    }).map(function (pair) { return pair.one; });
  }

  /* The values of a field with how many clients have each, in the order in which they are offered. */
  function values(all, field) {
    var counts = new Map();
    all.forEach(function (one) {
      var value = valueOf(one, field);
      counts.set(value, (counts.get(value) || 0) + 1);
    });
    var ladder = field === "stage" ? STAGES : field === "due" ? DUE : null;
    return Array.from(counts).sort(function (a, b) {
      if (ladder) { return rung(ladder, a[0]) - rung(ladder, b[0]); }
      return (a[0] === "") - (b[0] === "") || compare(a[0], b[0]);
    });
  }

  L.choice = {
    SEVERAL: SEVERAL, STAGES: STAGES, DUE: DUE, nothing: nothing, any: any, filtered: filtered, column: column, way: way,
    read: read, written: written, fitting: fitting, sorted: sorted, values: values
  };
})();
