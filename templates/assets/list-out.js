/* What a list shows, carried elsewhere: copied for a spreadsheet, or saved as CSV that Excel opens by a double click.
   Cells are written by the rules of sitegen/site/tables.py; tests hold both to one table of cases. */
(function () {
  "use strict";
  var Kayoi = window.Kayoi = window.Kayoi || {};
  var NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
  /* A spreadsheet takes what begins so for a formula, full-width signs too; what can't be seen hides none. */
  var FORMULA = /^(?:[\t\r\n]|[\p{Z}\p{C}]*[=+\-@＝＋－＠])/u;

  function harmless(cell) {
    var text = String(cell);
    return FORMULA.test(text) && !NUMBER.test(text) ? "'" + text : text;
  }

  function csvCell(cell) {
    var text = harmless(cell);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  /* Rows of cells as a CSV file's text. The mark at its head tells Excel that it is UTF-8. */
  function csv(rows) {
    return "\ufeff" + rows.map(function (row) { return row.map(csvCell).join(",") + "\r\n"; }).join("");
  }

  /* The same for the clipboard, where a tab parts cells: none may hold one. */
  function tabbed(rows) {
    return rows.map(function (row) {
      return row.map(function (cell) { return harmless(String(cell).replace(/[\t\r\n]+/g, " ")); }).join("\t");
    }).join("\r\n");
  }

  function save(name, rows) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }));
    link.download = name.replace(/[<>:"/\\|?*\u0000-\u001f\u007f]+/g, "-").replace(/^[. ]+|[. ]+$/g, "") + ".csv";
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  /* Pages from disk have no clipboard in some browsers: there a text that is marked is copied. */
  function copyMarked(text) {
    var field = document.createElement("textarea");
    var before = document.activeElement;
    field.value = text;
    field.className = "away";
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (e) { /* told by the caller */ }
    field.remove();
    if (before) { before.focus(); }
    return done;
  }

  /* Calls told(true) once the rows are on the clipboard, told(false) where the browser forbids it. */
  function copy(rows, told) {
    var text = tabbed(rows);
    if (!navigator.clipboard || !navigator.clipboard.writeText) { told(copyMarked(text)); return; }
    navigator.clipboard.writeText(text).then(function () { told(true); }, function () { told(copyMarked(text)); });
  }

  Kayoi.out = { csv: csv, tabbed: tabbed, save: save, copy: copy };
})();
