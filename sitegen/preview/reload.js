// Added by the preview to each page it serves; no built page holds it.
(function () {
  "use strict";
  var version = document.currentScript ? document.currentScript.dataset.version : "";
  var place = "kayoi-scroll:" + location.pathname;
  var folded = "kayoi-folded";
  var source = null;

  function store(key, value) {
    try { sessionStorage.setItem(key, value); } catch (error) { /* not allowed here: do without */ }
  }
  function take(key) {
    try { return sessionStorage.getItem(key); } catch (error) { return null; }
  }

  var kept = take(place);
  if (kept) {
    store(place, "");
    window.addEventListener("load", function () { window.scrollTo(0, Number(kept)); });
  }

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/__kayoi/reload.css";
  document.head.appendChild(style);

  function show(title, text) {
    var old = document.getElementById("kayoi-problems");
    if (old) { old.remove(); }
    if (!text) { return; }
    var box = document.createElement("details");
    var head = document.createElement("summary");
    var body = document.createElement("pre");
    box.id = "kayoi-problems";
    box.open = take(folded) !== text;
    box.setAttribute("role", "status");
    head.textContent = title;
    body.textContent = text;
    body.tabIndex = 0;
    box.append(head, body);
    box.addEventListener("toggle", function () { store(folded, box.open ? "" : text); });
    document.body.appendChild(box);
  }

  function here() {
    var path = decodeURIComponent(location.pathname).replace(/^\//, "");
    return path === "" || path.slice(-1) === "/" ? path + "index.html" : path;
  }

  function listen() {
    if (source) { return; }
    source = new EventSource("/__kayoi/events?version=" + encodeURIComponent(version || ""));
    source.addEventListener("built", function (event) {
      var data = JSON.parse(event.data);
      if (data.before === version && data.fresh.indexOf(here()) >= 0) {
        version = data.version;  // this page was in place before the rest of the site was made
        return;
      }
      store(place, String(window.scrollY));
      location.reload();
    });
    source.addEventListener("problems", function (event) {
      var data = JSON.parse(event.data);
      show(data.title, data.text);
    });
  }

  function rest() {
    if (source) { source.close(); source = null; }
  }

  // A browser holds six connections to a server: only pages that are seen keep one.
  function follow() {
    if (document.visibilityState === "hidden") { rest(); } else { listen(); }
  }
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", follow);
  follow();
})();
