/* The backers' picture: cytoscape draws, d3-force arranges (network-drawing.js), the data is network/graph.js.
   The lists beneath say the same, so that nothing here is the only way to anything. */
(function () {
  "use strict";
  var graph = window.Kayoi && window.Kayoi.graph;
  var place = document.getElementById("picture");
  if (!graph || !place || !window.cytoscape || !window.d3) { return; }

  var MOST = 2000; // more than that is neither legible nor quick
  var drawing = window.Kayoi.drawing;
  var bare = window.Kayoi.bare;
  var FEW = drawing.FEW;
  var BACKS = 0, TOGETHER = 1, DOOR = 2;
  var NODES = graph.nodes.map(function (n, i) {
    return { i: i, label: n[0], also: n[1], path: n[2], stage: n[3] < 0 ? "" : graph.stages[n[3]][0],
             said: n[3] < 0 ? "" : graph.stages[n[3]][1], rep: n[4], due: n[5], size: n[6], ties: [] };
  });
  graph.lines.forEach(function (l) {
    NODES[l[0]].ties.push([l[1], l[2], true]);
    NODES[l[1]].ties.push([l[0], l[2], false]);
  });
  var cy = null, chosen = null, fitted = 1, movable = false;

  function find(css) { return place.querySelector(css); }
  function say(text) { find(".net-says").textContent = text; }
  function told(key, values) {
    return place.dataset[key].replace(/\{(\w+)\}/g, function (_, name) {
      var value = values[name];
      return typeof value === "number" ? value.toLocaleString("en") : value;
    });
  }

  /* ---- which names are drawn ---- */

  function around(start, steps) {
    var seen = [start], at = {};
    at[start] = 0;
    for (var n = 0; n < seen.length; n++) {
      if (at[seen[n]] === steps) { continue; }
      NODES[seen[n]].ties.forEach(function (tie) {
        if (!(tie[0] in at)) { at[tie[0]] = at[seen[n]] + 1; seen.push(tie[0]); }
      });
    }
    return seen;
  }

  /* Nodes come best connected first, so that cutting the list keeps those that matter. */
  function chosenBy(what) {
    if ("around" in what) { return around(what.around, 2); }
    if (!("rep" in what)) { return NODES.map(function (n) { return n.i; }); }
    var wanted = {};
    NODES.forEach(function (n) {
      if (n.rep !== what.rep) { return; }
      wanted[n.i] = true;
      n.ties.forEach(function (tie) { wanted[tie[0]] = true; });
    });
    return NODES.filter(function (n) { return wanted[n.i]; }).map(function (n) { return n.i; });
  }

  function headline(what, n, all, lines) {
    var key = "around" in what ? "around" : "rep" in what ? "rep" : n < all ? "" : "all";
    key = key === "" ? "best" : n < all ? key + "Best" : key;
    if (window.matchMedia("(pointer: coarse)").matches && key === "all") { key = "allTouch"; }
    return told(key, { n: n, all: all, lines: lines, rep: "rep" in what ? graph.reps[what.rep] : "",
                       name: "around" in what ? NODES[what.around].label : "" });
  }

  /* ---- the picture itself ---- */

  function draw(what, then) {
    var all = chosenBy(what), ids = all.slice(0, MOST), drawn = {};
    ids.forEach(function (i) { drawn[i] = true; });
    var lines = graph.lines.filter(function (l) { return drawn[l[0]] && drawn[l[1]]; });
    hideCard();
    say(told("arranging", { n: ids.length }));
    place.dataset.state = "arranging";
    find(".net-around").hidden = "around" in what;
    drawing.arrange(ids, lines, find(".net-box"), function (where) {
      var few = ids.length <= FEW;
      var els = ids.map(function (i) {
        var n = NODES[i], base = (few ? 15 : 14) + Math.min(26, 2.6 * Math.sqrt(n.ties.length));
        var css = n.stage ? "st-" + n.stage.replace(/[^\w-]/g, "") : "only-backer";
        if (n.size !== null) { css += " backer"; }
        return { group: "nodes", data: { id: String(i), n: i, base: base, size: base, rim: 2, ties: n.ties.length },
                 position: where(i), classes: css };
      });
      lines.forEach(function (l, n) {
        els.push({ group: "edges", data: { id: "l" + n, source: String(l[0]), target: String(l[1]), rim: 1.5, tip: 0.8 },
                   classes: "k" + l[2] });
      });
      cy.batch(function () { cy.elements().remove(); cy.add(els); });
      fit();
      say(headline(what, ids.length, all.length, lines.length));
      place.dataset.state = "drawn";
      if (then) { then(); }
    });
  }

  /* Coming nearer spreads names but does not swell them: sizes follow the zoom at which all is in sight. */
  function fit() {
    cy.minZoom(1e-3);
    cy.resize();
    cy.fit(undefined, 34);
    if (cy.zoom() > 1.4) { cy.zoom(1.4); cy.center(); }
    fitted = cy.zoom();
    cy.minZoom(fitted);
    grow();
  }

  function grow() {
    var zoom = cy.zoom(), few = cy.nodes().length <= FEW;
    // a dot of some pixels when hundreds are in sight, a mark that shows its stage when near
    var dot = 0.42 * Math.min(1, Math.sqrt(900 / cy.nodes().length));
    var swell = (few ? 1.05 : Math.min(1, dot * Math.sqrt(zoom / fitted))) / zoom;
    cy.batch(function () {
      cy.nodes().forEach(function (n) { n.data({ size: n.data("base") * swell, rim: 2 * swell }); });
      cy.edges().forEach(function (e) { e.data({ rim: (few ? 1.4 : Math.min(1, 0.6 * Math.sqrt(zoom / fitted))) / zoom, tip: (few ? 0.9 : 0.7) / Math.sqrt(zoom) }); });
    });
    name();
  }

  function name() {
    drawing.label(cy, chosen, function (i) { return NODES[i].label; });
  }

  /* ---- choosing one ---- */

  function light(i) {
    cy.batch(function () {
      cy.elements().removeClass("faint chosen");
      if (i === null) { return; }
      var node = cy.$id(String(i)), near = node.closedNeighborhood();
      cy.elements().not(near).addClass("faint");
      node.addClass("chosen");
    });
  }

  function choose(i) {
    chosen = i;
    light(i);
    name();
    if (i === null) { hideCard(); } else { card(NODES[i]); }
  }

  function hideCard() { chosen = null; find(".net-card").hidden = true; }

  /* A date as the pages write it, in the team's manner of naming years. */
  function day(iso) {
    var time = document.createElement("time");
    time.dateTime = iso;
    time.textContent = window.Kayoi.day.say(iso, "short");
    return time;
  }

  function names(node, fits) {
    var found = node.ties.filter(fits).map(function (tie) { return NODES[tie[0]].label; });
    var joint = document.documentElement.lang === "ja" ? "、" : ", ";
    var few = found.slice(0, 6);
    if (found.length > few.length) { few.push(told("further", { n: found.length - few.length })); }
    return few.join(joint);
  }

  function card(node) {
    var link = find(".net-name a"), badge = find(".net-stage"), due = find(".net-day");
    link.textContent = node.label;
    link.href = node.path.split("/").map(encodeURIComponent).join("/"); // names may hold # and %
    badge.textContent = node.said;
    badge.className = "badge net-stage st-" + node.stage.replace(/[^\w-]/g, "");
    badge.hidden = !node.stage;
    find(".net-backer").hidden = node.size === null;
    find(".net-size").textContent = node.size || "";
    find(".net-owner").textContent = node.rep < 0 ? "" : graph.reps[node.rep];
    find(".net-due").hidden = !node.due;
    find(".net-now").hidden = node.due !== "now";
    due.textContent = "";
    if (node.due && node.due !== "now") { due.appendChild(day(node.due)); }
    [
      function (t) { return t[1] === BACKS && !t[2]; },
      function (t) { return t[1] === BACKS && t[2]; },
      function (t) { return t[1] === TOGETHER; },
      function (t) { return t[1] === DOOR && t[2]; },
      function (t) { return t[1] === DOOR && !t[2]; }
    ].forEach(function (fits, n) {
      var item = find(".net-tie-" + n), text = names(node, fits);
      item.hidden = !text;
      item.textContent = item.dataset.text.replace("{names}", function () { return text; });
    });
    find(".net-card").hidden = false;
  }

  /* On a phone the card lies over the lower part: the name goes above it. */
  function clear(node) {
    var box = find(".net-box").getBoundingClientRect(), over = find(".net-card").getBoundingClientRect();
    if (over.width > box.width * 0.8) {
      cy.panBy({ x: 0, y: (over.top - box.top) / 2 - node.renderedPosition().y });
    }
  }

  /* Shows one name, wherever it is: in this picture, or in one drawn around it. */
  function go(i) {
    function there() {
      var node = cy.$id(String(i));
      if (cy.zoom() < 0.9) { cy.zoom({ level: Math.min(1, Math.max(cy.zoom(), 0.9)), position: node.position() }); }
      cy.center(node);
      choose(i);
      clear(node);
      grow();
    }
    if (place.dataset.state === "drawn" && cy.$id(String(i)).length) { there(); return; }
    find(".net-rep").value = "";
    draw({ around: i }, function () { choose(i); });
  }

  /* ---- the tools ---- */

  function search(text) {
    var list = find(".net-found"), wanted = bare(text.trim());
    list.textContent = "";
    list.hidden = !wanted;
    if (!wanted) { return; }
    NODES.forEach(function (n) { n.bare = n.bare || bare(n.label + " " + n.also); });
    var hits = NODES.filter(function (n) { return n.bare.indexOf(wanted) >= 0; });
    // who begins so comes first; the rest stay best connected first
    hits.sort(function (a, b) {
      return (b.bare.indexOf(wanted) === 0) - (a.bare.indexOf(wanted) === 0) || a.i - b.i;
    });
    hits.slice(0, 8).forEach(function (n) {
      var item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = n.label;
      button.addEventListener("click", function () {
        list.hidden = true;
        place.scrollIntoView({ block: "nearest" });
        go(n.i);
      });
      item.appendChild(button);
      list.appendChild(item);
    });
    if (!hits.length) {
      var none = document.createElement("li");
      none.textContent = told("nobody", { text: text.trim() });
      list.appendChild(none);
    }
  }

  function zoomBy(factor) {
    cy.zoom({ level: Math.max(fitted, Math.min(cy.maxZoom(), cy.zoom() * factor)),
              renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function tools() {
    find(".net-tools").addEventListener("submit", function (e) { e.preventDefault(); });
    find(".net-rep").addEventListener("change", function () {
      draw(this.value === "" ? {} : { rep: Number(this.value) });
    });
    find(".net-find").addEventListener("input", function () { search(this.value); });
    find(".net-find").addEventListener("keydown", function (e) {
      if (e.key === "Enter") { e.preventDefault(); var first = find(".net-found button"); if (first) { first.click(); } }
      if (e.key === "Escape") { find(".net-found").hidden = true; }
    });
    find(".net-in").addEventListener("click", function () { zoomBy(1.5); });
    find(".net-out").addEventListener("click", function () { zoomBy(1 / 1.5); });
    find(".net-fit").addEventListener("click", function () {
      if (find(".net-around").hidden) { draw({}); } else { choose(null); fit(); }
    });
    find(".net-move").addEventListener("click", function () {
      movable = !movable;
      this.setAttribute("aria-pressed", String(movable));
      place.classList.toggle("is-movable", movable);
    });
    find(".net-close").addEventListener("click", function () { choose(null); });
    find(".net-around").addEventListener("click", function () {
      var i = chosen;
      draw({ around: i }, function () { choose(i); });
    });
    document.addEventListener("keydown", function (e) {
      if (e.key === "Escape" && chosen !== null) { choose(null); }
    });
    var byPath = new Map(NODES.map(function (n) { return [n.path, n.i]; }));
    document.querySelectorAll(".net-to").forEach(function (link) {
      if (!byPath.has(link.dataset.path)) { return; }
      link.hidden = false;
      link.addEventListener("click", function () { go(byPath.get(link.dataset.path)); });
    });
    return byPath;
  }

  /* One finger scrolls the page, two are for the picture; the wheel scrolls on where there is nothing to zoom out of. */
  function letThePageScroll(box) {
    window.addEventListener("touchmove", function (e) {
      if (!movable && e.touches.length === 1 && box.contains(e.target)) { e.stopImmediatePropagation(); }
    }, true);
    box.addEventListener("wheel", function (e) {
      if (e.deltaY > 0 && cy.zoom() <= fitted * 1.001) { e.stopImmediatePropagation(); }
    }, true);
  }

  function hover() {
    var due = 0;
    // a picture of hundreds is not redrawn at each twitch of the mouse
    cy.on("mouseover mouseout", "node", function (e) {
      if (chosen !== null || cy.nodes().length > 600) { return; }
      clearTimeout(due);
      var i = e.type === "mouseover" ? e.target.data("n") : null;
      due = setTimeout(function () { if (chosen === null) { light(i); } }, i === null ? 120 : 60);
    });
  }

  /* The page that the address asks for; anybody can write an address, also one that is none. */
  function anchor() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch (e) { return ""; }
  }

  function begin() {
    var box = find(".net-box");
    [".net-tools", ".net-frame", ".net-key"].forEach(function (css) { find(css).hidden = false; });
    letThePageScroll(box);
    cy = window.cytoscape({
      container: box, style: drawing.looks(), layout: { name: "preset" }, maxZoom: 4,
      boxSelectionEnabled: false, selectionType: "single", autounselectify: true, pixelRatio: "auto",
      textureOnViewport: NODES.length > 600, hideEdgesOnViewport: false
    });
    window.Kayoi.picture = cy;
    cy.on("tap", function (e) { choose(e.target === cy ? null : e.target.isNode() ? e.target.data("n") : chosen); });
    var later = 0;
    cy.on("zoom pan", function () { clearTimeout(later); later = setTimeout(grow, 120); });
    cy.on("free", "node", name);
    hover();
    var byPath = tools();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      cy.style(drawing.looks());
      name();
    });
    var wide = window.innerWidth;
    window.addEventListener("resize", function () {
      if (window.innerWidth === wide || place.dataset.state !== "drawn") { return; } // a phone's bars come and go
      wide = window.innerWidth;
      fit();
    });
    var asked = byPath.get(anchor());
    draw({}, asked === undefined ? null : function () { go(asked); });
  }

  begin();
})();
