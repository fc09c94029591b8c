/* Fills in what the day changes: "6 days late", and the headings of a due list that was made on an earlier day.
   Pages are whole without it. */
(function () {
  "use strict";
  var root = document.documentElement;
  var DAY = 86400000;

  function today() {
    if (root.dataset.pinned) { return root.dataset.pinned; }
    try {
      var parts = {};
      new Intl.DateTimeFormat("en", {
        timeZone: root.dataset.tz, calendar: "gregory", numberingSystem: "latn",
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

  function tellLate(now) {
    document.querySelectorAll("time.due").forEach(function (time) {
      var place = time.parentElement.querySelector(".when");
      if (!place) { return; }
      var late = now - number(time.dateTime);
      place.textContent = late === 0 ? root.dataset.today
        : late === 1 ? root.dataset.lateOne
          : late > 1 ? root.dataset.late.replace("{n}", late.toLocaleString("en")) : "";
      var row = time.closest("tr, .due-box, .promise");
      if (row) { row.classList.toggle("is-late", late > 0); }
    });
  }

  function count(section, more) {
    var place = section.querySelector("h2 .n");
    place.dataset.n = Number(place.dataset.n) + more;
    place.textContent = Number(place.dataset.n).toLocaleString("en");
  }

  function regroup(now, iso) {
    var groups = {};
    document.querySelectorAll("[data-group]").forEach(function (section) {
      groups[section.dataset.group] = section;
    });
    if (!groups.overdue) { return; }
    var moved = {};
    Object.keys(groups).forEach(function (name) {
      Array.prototype.slice.call(groups[name].querySelectorAll("tbody > tr")).forEach(function (row) {
        var time = row.querySelector("time.due");
        var to = time ? heading(number(time.dateTime), now) : name;
        if (to !== name && groups[to]) {
          (moved[to] = moved[to] || []).push(row);
          count(groups[name], -1);
        }
      });
    });
    Object.keys(moved).forEach(function (name) {
      var body = groups[name].querySelector("tbody");
      moved[name].forEach(function (row) { body.appendChild(row); });
      count(groups[name], moved[name].length);
    });
    Object.keys(groups).forEach(function (name) {
      groups[name].hidden = !groups[name].querySelector("tbody > tr");
    });
    var calm = document.querySelector(".calm");
    if (calm) { calm.hidden = !groups.overdue.hidden || !groups.today.hidden; }
    var note = document.querySelector(".regrouped");
    if (note) {
      note.textContent = note.dataset.text.replace("{day}", new Intl.DateTimeFormat(root.lang, {
        timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric"
      }).format(new Date(iso + "T00:00:00Z")));
      note.hidden = false;
    }
    document.querySelectorAll(".counts [data-count]").forEach(function (item) {
      var section = Object.values(groups)[item.dataset.count];
      item.querySelector("b").textContent = section.querySelector("h2 .n").textContent;
      item.querySelector("a").classList.toggle("none", section.querySelector("h2 .n").dataset.n === "0");
    });
  }

  var iso = today();
  var built = root.dataset.built;

  /* For the scripts that follow: `iso` is the reader's day ("" where it can't be known), `built` the day the page
     was made for ("" where no day changes it), `pinned` the day that a sample counts from ("" elsewhere).
     number("2026-11-19") counts days; heading(number, number) names the group of a due list. */
  window.Kayoi = window.Kayoi || {};
  window.Kayoi.day = {
    iso: iso, built: built || "", pinned: root.dataset.pinned || "", number: number, heading: heading
  };

  if (!iso || (built && iso < built)) { return; }
  tellLate(number(iso));
  if (built && iso > built) { regroup(number(iso), iso); }
})();
