/* The backers' picture: cytoscape draws, d3-force arranges, the data is network/graph.js.
   The lists beneath say the same, so that nothing here is the only way to anything. */
(function () {
  "use strict";
  var graph = window.Kayoi && window.Kayoi.graph;
  var place = document.getElementById("picture");
  if (!graph || !place || !window.cytoscape || !window.d3) { return; }

  var MOST = 2000; // more than that is neither legible nor quick
  var FEW = 150; // up to so many all names are to be read at once
  var LABEL = 12; // pixels, whatever the zoom
  var BACKS = 0, TOGETHER = 1, DOOR = 2;
  var NODES = graph.nodes.map(function (n, i) {
    return { i: i, label: n[0], also: n[1], path: n[2], stage: n[3] < 0 ? "" : graph.stages[n[3]][0],
             said: n[3] < 0 ? "" : graph.stages[n[3]][1], rep: n[4], due: n[5], size: n[6], ties: [] };
  });
  graph.lines.forEach(function (l) {
    NODES[l[0]].ties.push([l[1], l[2], true]);
    NODES[l[1]].ties.push([l[0], l[2], false]);
  });
  var cy = null, chosen = null, fitted = 1, arranging = 0, movable = false;

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

  /* ---- where they stand: the same book gives the same picture, for neither the seed nor the order is left to chance ---- */

  function arrange(ids, lines, done) {
    var job = ++arranging, few = ids.length <= FEW;
    var at = {}, bodies = ids.map(function (i) { return (at[i] = { id: i, ties: NODES[i].ties.length }); });
    var links = lines.map(function (l) { return { source: l[0], target: l[1] }; });
    var box = find(".net-box"), wide = Math.max(0.6, Math.min(2.2, box.clientWidth / Math.max(1, box.clientHeight)));
    var pull = few ? 0.07 : 0.09, ticks = few ? 300 : 120;
    var force = window.d3.forceSimulation(bodies)
      .force("link", window.d3.forceLink(links).id(function (d) { return d.id; }).distance(few ? 80 : 45))
      .force("charge", window.d3.forceManyBody().strength(few ? -700 : -170).theta(1.1).distanceMax(few ? 1200 : 600))
      .force("x", window.d3.forceX().strength(pull / wide))
      .force("y", window.d3.forceY().strength(pull))
      // room for names, where there are few enough for all of them to be read
      .force("room", window.d3.forceCollide(few ? 46 : 15))
      .alphaDecay(1 - Math.pow(0.001, 1 / ticks)).stop();
    var left = ticks;
    (function some() {
      if (job !== arranging) { return; } // another picture was asked for meanwhile
      var until = performance.now() + 60; // short strokes, so that the page stays alive
      while (left > 0 && performance.now() < until) { force.tick(); left--; }
      if (left > 0) { setTimeout(some, 0); return; }
      var stretch = fill(bodies, wide);
      done(function (i) { return { x: at[i].x * stretch, y: at[i].y }; });
    })();
  }

  /* The forces make a round picture; the frame is wide. */
  function fill(bodies, wide) {
    function span(of) { return Math.max.apply(null, bodies.map(of)) - Math.min.apply(null, bodies.map(of)); }
    var now = span(function (b) { return b.x; }) / Math.max(1, span(function (b) { return b.y; }));
    return Math.max(1, Math.min(1.6, wide / Math.max(0.1, now)));
  }

  /* ---- how they look: the colours and marks of the badges ---- */

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

  function looks() {
    var c = {};
    ["paper", "card", "ink", "soft", "line-strong", "indigo", "green", "ochre", "vermilion"].forEach(function (n) { c[n] = colour(n); });
    function stage(name, ink, part, more) {
      var style = { "border-color": ink, "background-color": c.card };
      if (part) {
        style["pie-size"] = "100%";
        style["pie-1-background-color"] = ink;
        style["pie-1-background-size"] = part;
      }
      return { selector: "node." + name, style: Object.assign(style, more || {}) };
    }
    return [
      { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
      { selector: "node", style: {
        width: "data(size)", height: "data(size)", shape: "ellipse", "background-color": c.card,
        "border-width": "data(rim)", "border-color": c.soft, color: c.ink, "font-family": getComputedStyle(document.body).fontFamily,
        "text-outline-color": c.paper, "text-outline-opacity": 1,
        "overlay-opacity": 0, "text-events": "no", "z-index": "data(ties)"
      } },
      stage("st-approach", c.soft, 0, { "border-style": "dotted" }),
      stage("st-wtt", c.ochre, 25, { "border-style": "dashed" }),
      stage("st-possible", c.green, 50),
      stage("st-probable", c.indigo, 75),
      stage("st-won", c.indigo, 0, { "background-color": c.indigo }),
      stage("st-resting", c.soft, 0, { "border-style": "dashed", "background-color": c["line-strong"] }),
      stage("st-dropped", c["line-strong"], 0, { "border-style": "dotted" }),
      { selector: "node.backer", style: { shape: "round-rectangle" } },
      { selector: "node.only-backer", style: { "background-color": c.ink, "border-color": c.ink, "font-weight": 700 } },
      { selector: "edge", style: {
        width: "data(rim)", "line-color": c.soft, "line-opacity": 0.6, "curve-style": "straight", "overlay-opacity": 0,
        "target-arrow-color": c.soft, "target-arrow-shape": "triangle", "arrow-scale": "data(tip)", "z-index": 0
      } },
      { selector: "edge.k1", style: { "line-color": c.green, "line-opacity": 1, "line-style": "dashed", "target-arrow-shape": "none" } },
      { selector: "edge.k2", style: { "line-color": c.vermilion, "line-opacity": 1, "target-arrow-color": c.vermilion, "target-arrow-shape": "vee" } },
      { selector: ".faint", style: { opacity: 0.14 } },
      { selector: "node.chosen", style: { "border-color": c.vermilion, "border-style": "solid", "z-index": 9999 } }
    ];
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
    arrange(ids, lines, function (where) {
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

  var ruler = document.createElement("canvas").getContext("2d");
  var widths = new Map(); // an object would know a client called "constructor" before anybody measured it
  function width(text) {
    if (!widths.has(text)) {
      ruler.font = LABEL + "px " + getComputedStyle(document.body).fontFamily;
      widths.set(text, ruler.measureText(text).width);
    }
    return widths.get(text);
  }

  /* Where a name can stand beside its mark, the best place first: rectangles in pixels, and cytoscape's words for them. */
  var sides = [
    { halign: "center", valign: "bottom", x: 0, y: 1, rect: function (p, r, w) { return [p.x - w / 2, p.y + r, p.x + w / 2, p.y + r + LABEL + 5]; } },
    { halign: "right", valign: "center", x: 1, y: 0, rect: function (p, r, w) { return [p.x + r, p.y - 8, p.x + r + w + 4, p.y + 8]; } },
    { halign: "left", valign: "center", x: -1, y: 0, rect: function (p, r, w) { return [p.x - r - w - 4, p.y - 8, p.x - r, p.y + 8]; } },
    { halign: "center", valign: "top", x: 0, y: -1, rect: function (p, r, w) { return [p.x - w / 2, p.y - r - LABEL - 5, p.x + w / 2, p.y - r]; } }
  ];

  /* Names are written where they have room: those chosen first, then the best connected. */
  function name() {
    var zoom = cy.zoom(), box = cy.extent(), taken = {}, CELL = 40;
    var near = chosen === null ? null : cy.$id(String(chosen)).closedNeighborhood();
    function put(rect) {
      cells(rect[0], rect[1], rect[2], rect[3], function (key) { (taken[key] = taken[key] || []).push(rect); });
    }
    var nodes = cy.nodes().sort(function (a, b) {
      var one = near && near.has(a) ? 1 : 0, other = near && near.has(b) ? 1 : 0;
      return (b.id() === String(chosen)) - (a.id() === String(chosen)) || other - one ||
        b.data("ties") - a.data("ties") || a.data("n") - b.data("n");
    });
    function cells(x1, y1, x2, y2, use) {
      for (var x = Math.floor(x1 / CELL); x <= Math.floor(x2 / CELL); x++) {
        for (var y = Math.floor(y1 / CELL); y <= Math.floor(y2 / CELL); y++) {
          if (use(x + ":" + y)) { return true; }
        }
      }
      return false;
    }
    var inSight = nodes.filter(function (node) {
      var at = node.position();
      return at.x > box.x1 && at.x < box.x2 && at.y > box.y1 && at.y < box.y2;
    });
    var few = inSight.length <= FEW, air = few ? 0 : 9;
    if (few) { // no name over a mark; where there are hundreds that would leave no name at all
      inSight.forEach(function (node) {
        var p = node.renderedPosition(), r = node.data("size") * zoom / 2 - 1;
        put([p.x - r, p.y - r, p.x + r, p.y + r]);
      });
    }
    cy.batch(function () {
      nodes.forEach(function (node) {
        var text = NODES[node.data("n")].label, shown = null;
        if (inSight.has(node) && !(near && !near.has(node))) {
          var p = node.renderedPosition(), r = node.data("size") * zoom / 2;
          sides.some(function (side) {
            var rect = side.rect(p, r, width(text) + 4);
            if (rect[0] < 0 || rect[2] > cy.width()) { return false; } // cut off at the frame
            rect = [rect[0] - air, rect[1] - air, rect[2] + air, rect[3] + air];
            var hit = function (t) { return t[0] < rect[2] && rect[0] < t[2] && t[1] < rect[3] && rect[1] < t[3]; };
            if (cells(rect[0], rect[1], rect[2], rect[3], function (key) { return (taken[key] || []).some(hit); })) { return false; }
            shown = side;
            put(rect);
            return true;
          });
        }
        if (shown) {
          node.style({
            label: text, "font-size": LABEL / zoom, "text-outline-width": 2.5 / zoom, "text-halign": shown.halign,
            "text-valign": shown.valign, "text-margin-x": shown.x * 3 / zoom, "text-margin-y": shown.y * 2 / zoom
          });
        } else if (node.style("label")) {
          node.removeStyle("label font-size text-outline-width text-halign text-valign text-margin-x text-margin-y");
        }
      });
    });
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

  function fold(text) { return text.normalize("NFKC").toLowerCase(); }

  function search(text) {
    var list = find(".net-found"), wanted = fold(text.trim());
    list.textContent = "";
    list.hidden = !wanted;
    if (!wanted) { return; }
    var hits = NODES.filter(function (n) { return fold(n.label + " " + n.also).indexOf(wanted) >= 0; });
    // who begins so comes first; the rest stay best connected first
    hits.sort(function (a, b) {
      return (fold(b.label).indexOf(wanted) === 0) - (fold(a.label).indexOf(wanted) === 0) || a.i - b.i;
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
      container: box, style: looks(), layout: { name: "preset" }, maxZoom: 4,
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
      cy.style(looks());
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
