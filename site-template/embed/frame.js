/* Tells the page around this frame whether there is something to show. */
(() => {
  "use strict";
  const notice = document.getElementById("notice");
  const key = `statusgen-dismissed-${notice.dataset.id}`;
  const tell = (action) => window.parent.postMessage({ action }, "*");
  const remember = (write) => {
    try {
      if (write) window.localStorage.setItem(key, "1");
      return window.localStorage.getItem(key) !== null;
    } catch {
      return false; // storage is closed to frames of other sites: it is dismissed for this page only
    }
  };
  document.getElementById("dismiss").addEventListener("click", () => {
    remember(true);
    tell("dismissFrame");
  });
  if (notice.dataset.id && !remember(false)) tell("showFrame");
})();
