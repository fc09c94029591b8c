/* Clients as records: from the rows of a page, or from the data of all clients; and rows from records.
   The first of the scripts of lists: what they share stands in Kayoi.lists. */
(function () {
  "use strict";
  var source = document.getElementById("list-tools");
  var Kayoi = window.Kayoi = window.Kayoi || {};
  if (!source) { return; }

  var bare = Kayoi.bare;
  var root = document.documentElement;
  var given = source.dataset;

  /* ---- words ---- */

  var words = {};
  source.content.querySelectorAll("dl > dt").forEach(function (dt) {
    words[dt.textContent] = dt.nextElementSibling.textContent;
  });

  function say(key, params) {
    return (words[key] || "").replace(/\{(\w+)\}/g, function (_, name) { return params[name]; });
  }

  function number(n) { return n.toLocaleString("en"); }
  function yen(n) { return say("yen", { value: number(n) }); }

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
    return found ? found.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function dayOf(row, selector) {
    var time = row.querySelector(selector + " time");
    return time ? time.getAttribute("datetime") : "";
  }

  /* What lists of clients and due lists have in common; `place` is the place in the list's own order. */
  function ofRow(row, place) {
    var name = textOf(row, ".c-client a");
    var reading = row.dataset.reading || "";
    var due = dayOf(row, ".due-line");
    var one = {
      row: row, home: row.parentNode, place: place, name: name, reading: reading, native: "",
      stage: row.dataset.stage, stageName: textOf(row, ".badge"), area: textOf(row, ".c-area, .area"), rep: "",
      product: row.dataset.product || textOf(row, ".c-product"), value: null,
      due: due, state: row.dataset.state || (due ? "dated" : "at-once"), key: nameKey(name, reading), text: ""
    };
    return Object.assign(one, given.kind === "due" ? ofDueRow(row) : ofListRow(row));
  }

  function ofListRow(row) {
    var value = row.querySelector(".c-value data");
    return {
      native: textOf(row, ".c-client > .sub"), rep: textOf(row, ".c-rep"), value: value ? Number(value.value) : null,
      last: dayOf(row, ".c-last"), visits: textOf(row, ".visits").split("/")[0]
    };
  }

  function ofDueRow(row) {
    var brief = textOf(row, ".to-brief");
    var step = textOf(row, ".c-step");
    return {
      why: textOf(row, ".whys"), said: textOf(row, ".c-said"), text: row.textContent,
      step: brief && step.slice(-brief.length) === brief ? step.slice(0, -brief.length).trim() : step
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
        last: r[10], visits: r[11], needed: r[12], key: place, text: ""
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

  /* ---- rows of the data ---- */

  var months = (given.months || "").split("|");
  var weekdays = (given.weekdays || "").split("|");

  function dayText(key, isoDay) {
    var date = new Date(isoDay + "T00:00:00Z");
    return say(key, {
      weekday: weekdays[date.getUTCDay()], day: date.getUTCDate(),
      month: months[date.getUTCMonth()], year: day.year ? day.year(isoDay) : date.getUTCFullYear()
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

  Kayoi.lists = {
    words: words, say: say, number: number, yen: yen, bare: bare, group: group, iso: iso, dayKnown: now !== null,
    ofRow: ofRow, ofData: ofData, rowOf: rowOf, fill: fill
  };
})();
