/* The door to search: the link in the head becomes a button, "/" and Ctrl+K open the dialog.
   The dialog and the index are read only then. Without this script the link leads to the list of clients. */
(function () {
  "use strict";
  var link = document.querySelector("a.search-open");
  if (!link || !window.HTMLDialogElement) { return; }
  var Kayoi = window.Kayoi = window.Kayoi || {};
  var waiting = {};

  /* Scripts are the only files that a page opened from disk may read. */
  function load(path) {
    return waiting[path] = waiting[path] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = link.dataset.root + path;
      script.onload = done;
      script.onerror = function () {
        delete waiting[path];
        failed(new Error(path));
      };
      document.head.appendChild(script);
    });
  }

  var search = Kayoi.search = { load: load, root: link.dataset.root };
  var button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-keyshortcuts", "/ Control+K");
  while (link.firstChild) { button.appendChild(link.firstChild); }
  link.replaceWith(button);

  function open() {
    load("assets/search-index.js").then(function () {
      return Promise.all(["search/words.js", "assets/search-names.js", "assets/search-hits.js"].map(load));
    }).then(function () {
      return load("assets/search-box.js");
    }).then(function () {
      search.open();
    }, function () {
      location.href = link.href;
    });
  }

  function typing(target) {
    return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
  }

  button.addEventListener("click", open);
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.defaultPrevented || event.altKey) { return; }
    var slash = (event.key === "/" || event.key === "・") && !event.ctrlKey && !event.metaKey;
    var chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (chord || (slash && !typing(event.target))) {
      event.preventDefault();
      open();
    }
  });
})();
