/* Lights up what belongs together. Reads numbers and text from the page, and never writes markup. */
(function () {
  "use strict";
  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function numbers(node, name) { return (node.getAttribute(name) || "").split(" ").filter(Boolean); }
  function wire(root) {
    root.setAttribute("data-on", "");
    var text = root.querySelector(".sw-text"), sheet = root.querySelector(".sw-sheet");
    var say = root.querySelector(".sw-say");
    var byFact = {}, byNote = {}, lit = [], turn = { key: "", at: -1 };
    function file(index, node, name) {
      numbers(node, name).forEach(function (n) { (index[n] = index[n] || []).push(node); });
    }
    list(root.querySelectorAll("[data-f]")).forEach(function (node) { file(byFact, node, "data-f"); });
    list(root.querySelectorAll("[data-n]")).forEach(function (node) { file(byNote, node, "data-n"); });

    function clear() {
      lit.forEach(function (node) { node.classList.remove("sw-lit"); });
      lit = [];
      say.textContent = "";
    }
    function light(node) { node.classList.add("sw-lit"); lit.push(node); }
    function pick(facts) {
      facts.forEach(function (n) {
        (byFact[n] || []).forEach(function (node) { if (!node.classList.contains("sw-note")) { light(node); } });
      });
    }
    function rows(facts) {
      return facts.map(function (n) {
        return (byFact[n] || []).filter(function (node) { return node.classList.contains("sw-fact"); })[0];
      }).filter(Boolean);
    }
    function places(fact) {
      return (byFact[fact] || []).filter(function (node) { return node.hasAttribute("data-m") && node.id; });
    }
    function tell(facts) {
      say.textContent = rows(facts).map(function (row) {
        return [".sw-key", ".sw-label", ".sw-value", ".sw-places"].map(function (part) {
          return row.querySelector(part).textContent.trim();
        }).join(" ");
      }).join("\n");
    }
    function beside() { return getComputedStyle(sheet).position !== "static"; }
    function show(node) { if (node) { node.scrollIntoView({ block: "nearest" }); } }
    function showRow(row) {
      // Within the pane alone: the text stays where the reader's eye is.
      if (!row || !beside()) { return; }
      var pane = sheet.getBoundingClientRect(), box = row.getBoundingClientRect();
      if (box.top < pane.top || box.bottom > pane.bottom) {
        sheet.scrollTop += box.top - pane.top - pane.height / 3;
      }
    }
    function fromMark(mark, byKeys) {
      var facts = numbers(mark, "data-f"), first = rows(facts)[0];
      if (byKeys && mark.classList.contains("sw-lit") && first) { focus(first.querySelector(".sw-key")); return; }
      clear(); pick(facts);
      numbers(mark, "data-n").forEach(function (n) { (byNote[n] || []).forEach(light); });
      showRow(first); tell(facts);
    }
    function fromFact(fact, byKeys) {
      var found = places(fact), again = turn.key === fact && lit.length > 0;
      turn = { key: fact, at: again && found.length ? (turn.at + 1) % found.length : 0 };
      clear(); pick([fact]); tell([fact]);
      if (found.length) {
        var place = found[turn.at];
        place.scrollIntoView({ block: "center" });
        if (byKeys && again) { focus(place); }
      } else {
        show(rows([fact])[0]);
      }
    }
    function fromNote(note) {
      clear();
      numbers(note, "data-n").forEach(function (n) { (byNote[n] || []).forEach(light); });
      var facts = numbers(note, "data-f");
      rows(facts).forEach(light); showRow(rows(facts)[0]);
      show(lit.filter(function (node) { return node.classList.contains("sw-noted"); })[0]);
      tell(facts);
    }
    function clicked(event) {
      var byKeys = event.detail === 0, node = event.target;
      var found = node.closest ? node.closest(".sw-note, .sw-mark[data-f], .sw-fact, .sw-gap") : null;
      if (!found || !root.contains(found)) { return; }
      event.preventDefault();
      if (found.classList.contains("sw-note")) { fromNote(found); }
      else if (found.classList.contains("sw-fact") || found.classList.contains("sw-gap")) {
        fromFact(numbers(found, "data-f")[0], byKeys);
        showRow(rows(numbers(found, "data-f"))[0]);
      } else { fromMark(found, byKeys); }
    }
    root.addEventListener("click", clicked);

    // One stop for Tab in the text and one in the sheet; arrows walk from figure to figure, row to row.
    var walks = [list(text.querySelectorAll("a.sw-mark")), list(sheet.querySelectorAll("a.sw-key"))];
    walks.forEach(function (walk) {
      walk.forEach(function (node, n) { node.tabIndex = n ? -1 : 0; });
    });
    function focus(node) {
      walks.forEach(function (walk) {
        if (walk.indexOf(node) >= 0) { walk.forEach(function (other) { other.tabIndex = other === node ? 0 : -1; }); }
      });
      node.focus();
      show(node);
    }
    var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    root.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (event.key === "Escape") { clear(); turn.key = ""; return; }
      var walk = walks.filter(function (nodes) { return nodes.indexOf(document.activeElement) >= 0; })[0];
      if (!walk) { return; }
      var at = walk.indexOf(document.activeElement), to;
      if (event.key === " ") { event.preventDefault(); document.activeElement.click(); return; }
      if (event.key === "Home") { to = 0; } else if (event.key === "End") { to = walk.length - 1; }
      else if (steps[event.key]) { to = Math.min(Math.max(at + steps[event.key], 0), walk.length - 1); }
      if (to === undefined) { return; }
      event.preventDefault();
      focus(walk[to]);
    });
  }
  list(document.querySelectorAll(".sw-review:not([data-on])")).forEach(wire);
})();
