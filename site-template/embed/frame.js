/* Tells the page around this frame whether there is something to show, and that it was dismissed:
   until the next update. */
(() => {
  "use strict";
  const { id, update } = document.getElementById("notice").dataset;
  const key = `statusgen-${id}`;
  const tell = (action) => window.parent.postMessage({ action }, "*");
  const dismissed = (write) => {
    try {
      if (write) window.localStorage.setItem(key, update || "-");
      return window.localStorage.getItem(key) === (update || "-");
    } catch {
      return false; // storage is closed to frames of other sites: it is dismissed for this page only
    }
  };
  document.getElementById("dismiss").addEventListener("click", () => {
    dismissed(true);
    tell("dismissFrame");
  });
  if (id && !dismissed(false)) tell("showFrame");
})();
