/* Makes true on the reader's day what a page says of the day for which it was built: "6 days late", the headings and
   counts of due lists, today's meetings, how old the page is. Pages are whole without it, and right on their own day.

   What it reads: data-from, data-until (the days on which an element stands), data-due (counts by date,
   "2026-11-20:4 2026-11-24:1 now:2"), time.due, data-group, data-on. All texts come from the page. */
(function () {
  "use strict";
  var root = document.documentElement;
  var data = root.dataset;
  var DAY = 86400000;
  var OLD = 2;  /* days from which on every page tells how old the site is */

  /* The day in the team's time zone, whatever the clock of this machine is set to. */
  function today() {
    if (data.pinned) { return data.pinned; }
    try {
      var parts = {};
      new Intl.DateTimeFormat("en", {
        timeZone: data.tz, calendar: "gregory", numberingSystem: "latn",
        year: "numeric", month: "2-digit", day: "2-digit"
      }).formatToParts(new Date()).forEach(function (p) { parts[p.type] = p.value; });
      return parts.year + "-" + parts.month + "-" + parts.day;
    } catch (e) {
      return "";
    }
  }

  function number(iso) {
    return Date.parse(iso + "T00:00:00Z") / DAY;
  }

  /* Monday of the week is day 0; 1970-01-01 was a Thursday. */
  function week(day) {
    return Math.floor((day + 3) / 7);
  }

  function heading(day, now) {
    if (day < now) { return "overdue"; }
    if (day === now) { return "today"; }
    var weeks = week(day) - week(now);
    return weeks === 0 ? "week" : weeks === 1 ? "next-week" : "later";
  }

  /* A day in the page's own manner; `form` (long or short) is that of the names of days and months. */
  function say(iso, form) {
    var text = data.day;
    var options = { timeZone: "UTC", weekday: form, month: form, day: "numeric", year: "numeric" };
    if (text.indexOf("{era}") >= 0) { options.era = "short"; }
    if (text.indexOf("{month}月") >= 0) { options.month = "numeric"; options.weekday = "short"; }
    new Intl.DateTimeFormat(data.locale, options).formatToParts(new Date(iso + "T00:00:00Z")).forEach(function (p) {
      var first = p.type === "year" && options.era && p.value === "1";  /* the first year of an era has a name */
      text = text.replace("{" + p.type + "}", first ? "元" : p.value);
    });
    return text;
  }

  /* The year as days are written with it: "2026", or "令和8" where the team counts in eras. */
  function year(iso) {
    if (data.day.indexOf("{era}") < 0) { return iso.slice(0, 4); }
    return say(iso, "short").split("年")[0];
  }

  function written(n) {
    return n.toLocaleString("en");
  }

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  function ago(place, n) {
    return n === 1 && place.dataset.agoOne ? place.dataset.agoOne : place.dataset.ago.replace("{n}", written(n));
  }

  function tellAge() {
    var place = document.querySelector(".made");
    if (!place || data.pinned) { return; }
    var old = now - number(built || data.siteBuilt || iso);
    if (built && old > 0) {
      place.querySelector("b").textContent = ago(place, old);
      place.querySelector("span").hidden = false;
      place.classList.add("is-old");
    } else if (!built && old >= OLD) {
      place.textContent = place.dataset.text.replace("{ago}", ago(place, old))
        .replace("{day}", say(data.siteBuilt, "short"));
      place.hidden = false;
    }
  }

  function tellLate() {
    each("time.due", function (time) {
      var place = time.parentElement.querySelector(".when");
      if (!place) { return; }
      var late = now - number(time.dateTime);
      place.textContent = late === 0 ? data.today
        : late === 1 ? data.lateOne
          : late > 1 ? data.late.replace("{n}", written(late)) : "";
      var row = time.closest("tr, .due-box, .promise");
      if (row) { row.classList.toggle("is-late", late > 0); }
    });
  }

  function showSpans() {
    each("[data-from], [data-until]", function (one) {
      one.hidden = iso < (one.dataset.from || iso) || iso > (one.dataset.until || iso);
    });
    each("time.readers-day", function (time) {
      time.dateTime = iso;
      time.textContent = say(iso, "long");
    });
  }

  /* "2026-11-20:4 now:2" as the headings of this day: {overdue: 4, "at-once": 2, …} */
  function counted(tally) {
    var counts = { overdue: 0, today: 0, "at-once": 0, week: 0, "next-week": 0, later: 0 };
    tally.split(" ").filter(Boolean).forEach(function (pair) {
      var cut = pair.split(":");
      counts[cut[0] === "now" ? "at-once" : heading(number(cut[0]), now)] += Number(cut[1]);
    });
    return counts;
  }

  function recount() {
    each("[data-due]", function (place) {
      var counts = counted(place.dataset.due);
      each("[data-n]", function (cell) {
        var n = counts[cell.dataset.n];
        cell.textContent = written(n);
        cell.classList.toggle("zero", n === 0 && cell.classList.contains("num"));
        cell.classList.toggle("is-late", n > 0 && cell.dataset.n === "overdue");
      }, place);
      if (place.dataset.other) {
        var n = counts.overdue + counts.today + counts["at-once"];
        place.textContent = n === 1 ? place.dataset.one : place.dataset.other.replace("{n}", written(n));
      }
    });
  }

  /* Today's meetings move into their card; of the others showSpans has left those up to the next working day. */
  function meet() {
    var list = document.querySelector("#meet-today ~ .meetings");
    if (!list) { return; }
    each(".meetings [data-on='" + iso + "']", function (line) { list.appendChild(line); });
    each(".meetings", function (one) {
      var none = one.parentElement.querySelector(".none-planned");
      one.hidden = !one.querySelector("li:not([hidden])");
      none.hidden = !one.hidden || iso > none.dataset.known;
    });
  }

  /* A due list may have several pages. Each puts its own rows in order; the counts are those of all pages, as the
     list carries them by date. Rows are sorted by date, so nothing that is due stands after what is not. */
  function regroup() {
    var groups = {};
    each("[data-group]", function (section) { groups[section.dataset.group] = section; });
    var list = document.querySelector(".counts[data-due]");
    if (!groups.overdue || !list) { return; }
    var moved = {};
    var here = 0;
    Object.keys(groups).forEach(function (name) {
      each("tbody > tr", function (row) {
        var time = row.querySelector("time.due");
        var to = time ? heading(number(time.dateTime), now) : name;
        if (to === "overdue" || to === "today") { here += 1; }
        if (to !== name && groups[to]) { (moved[to] = moved[to] || []).push(row); }
      }, groups[name]);
    });
    Object.keys(moved).forEach(function (name) {
      var body = groups[name].querySelector("tbody");
      moved[name].forEach(function (row) { body.appendChild(row); });
    });
    var counts = counted(list.dataset.due);
    Object.keys(groups).forEach(function (name, place) {
      groups[name].hidden = !groups[name].querySelector("tbody > tr");
      groups[name].querySelector("h2 .n").textContent = written(counts[name]);
      var item = list.querySelector("[data-count='" + place + "']");
      item.querySelector("b").textContent = written(counts[name]);
      item.querySelector("a").classList.toggle("none", !counts[name]);
    });
    tellRegrouped(counts.overdue + counts.today, here);
  }

  /* By area, the round that has most to do comes first, on the reader's day too; those without an area stay last. */
  function arrangeAreas() {
    var areas = Array.prototype.slice.call(document.querySelectorAll("[data-area]"));
    if (areas.length < 2 || document.querySelector(".pager")) { return; }
    var jumps = document.querySelector(".counts");
    var after = areas[areas.length - 1].nextSibling;
    var urgent = new Map(areas.map(function (area) {
      var rows = Array.prototype.slice.call(area.querySelectorAll("tbody > tr"));
      return [area, rows.filter(function (row) {
        var time = row.querySelector("time.due");
        return !time || number(time.dateTime) <= now;
      }).length];
    }));
    areas.sort(function (a, b) {
      return !a.dataset.area - !b.dataset.area || urgent.get(b) - urgent.get(a)
        || (a.dataset.area < b.dataset.area ? -1 : 1);
    }).forEach(function (area) {
      after.parentNode.insertBefore(area, after);
      jumps.appendChild(jumps.querySelector("a[href='#" + area.id + "']").parentNode);
    });
  }

  function tellRegrouped(all, here) {
    var note = document.querySelector(".regrouped");
    if (!note) { return; }
    note.textContent = note.dataset.text.replace("{day}", say(iso, "short"));
    if (here < all) {
      note.textContent += " " + note.dataset.pages.replace("{all}", written(all)).replace("{here}", written(here));
    }
    note.hidden = false;
  }

  var iso = today();
  var now = number(iso);
  var built = data.built || "";

  /* For the scripts that follow: `iso` is the reader's day ("" where it can't be known), `built` the day the page
     was made for ("" where no day changes it), `pinned` the day that a sample counts from ("" elsewhere).
     number("2026-11-19") counts days; heading(number, number) names the group of a due list. */
  window.Kayoi = window.Kayoi || {};
  window.Kayoi.day = {
    iso: iso, built: built, pinned: data.pinned || "", number: number, heading: heading,
    say: say, year: year
  };

  if (!iso || (built && iso < built)) { return; }  /* a clock that is wrong must not make the page so */
  tellLate();
  tellAge();
  if (built && iso > built) {
    showSpans();
    recount();
    meet();
    regroup();
    arrangeAreas();
  }

  /* A tab is left open overnight: in the morning it is read anew, with whatever was built meanwhile. */
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && today() !== iso) { window.location.reload(); }
  });
})();
