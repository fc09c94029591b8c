/* How the backers' picture is drawn: where the marks stand, how they look, which names have room. */
(function () {
  "use strict";
  var Kayoi = window.Kayoi = window.Kayoi || {};
  var FEW = 150; // up to so many all names are to be read at once
  var LABEL = 12; // pixels, whatever the zoom
  var arranging = 0; // pictures asked for: an older one that is not yet done is given up

  /* ---- where they stand: the same book gives the same picture, for neither the seed nor the order is left to chance ---- */

  /* Calls done(place of a number) unless another picture was asked for meanwhile. */
  function arrange(ids, lines, box, done) {
    var job = ++arranging, few = ids.length <= FEW;
    var at = {}, bodies = ids.map(function (i) { return (at[i] = { id: i }); });
    var links = lines.map(function (l) { return { source: l[0], target: l[1] }; });
    var wide = Math.max(0.6, Math.min(2.2, box.clientWidth / Math.max(1, box.clientHeight)));
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

  /* ---- names ---- */

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

  /* Names are written where they have room: those chosen first, then the best connected; `labels` gives the name of a number. */
  function label(cy, chosen, labels) {
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
        var text = labels(node.data("n")), shown = null;
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

  Kayoi.drawing = { FEW: FEW, arrange: arrange, looks: looks, label: label };
})();
