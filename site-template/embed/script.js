/* Shows a small box in the corner of your own page while an incident or maintenance is on:

     <script src="https://status.example.com/embed/script.js" async></script>

   The box is the frame beside this script. It stays out of sight until the frame asks to be shown. */
(() => {
  "use strict";
  const address = new URL("frame.html", document.currentScript.src);
  const { title = "Service status" } = document.currentScript.dataset;
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = title;
  const base = { position: "fixed", border: "0", zIndex: "9999", colorScheme: "light dark" };
  const narrow = { width: "100vw", height: "20vh", left: "0", bottom: "-9999px" };
  const wide = { width: "320px", height: "115px", right: "-9999px", bottom: "60px" };
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) base.transition = "bottom 1s ease, right 1s ease";
  const isNarrow = window.matchMedia("(max-width: 450px)").matches;
  Object.assign(frame.style, base, isNarrow ? narrow : wide);

  const place = (shown) => {
    if (isNarrow) frame.style.bottom = shown ? "0" : "-9999px";
    else frame.style.right = shown ? "60px" : "-9999px";
    frame.style.visibility = shown ? "visible" : "hidden"; // not read out, not in the tab order
  };
  window.addEventListener("message", (event) => {
    if (event.origin !== address.origin || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.action === "showFrame") place(true);
    if (event.data.action === "dismissFrame") place(false);
  });

  place(false);
  const add = () => document.body.appendChild(frame);
  if (document.body) add();
  else document.addEventListener("DOMContentLoaded", add);
})();
