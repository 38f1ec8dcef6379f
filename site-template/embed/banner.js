/* Puts a banner on top of your own page while an incident or maintenance is on:

     <script src="https://status.example.com/embed/banner.js" async></script>

   It reads the status page's own JSON once a minute while the page is visible, writes text only as
   text, and can be dismissed for each incident. */
(() => {
  "use strict";
  const summary = new URL("../api/statusgen/v1/summary.json", document.currentScript.src);
  const colours = { none: "#57606a", minor: "#7d5a00", major: "#a84300", critical: "#b3261e", maintenance: "#1f5fbf" };
  const every = 60_000;
  let banner = null;

  const store = (id, write) => {
    try {
      if (write) window.localStorage.setItem(`statusgen-dismissed-${id}`, "1");
      return window.localStorage.getItem(`statusgen-dismissed-${id}`) !== null;
    } catch {
      return false;
    }
  };

  const element = (name, text, style) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.assign(made.style, style);
    return made;
  };

  const show = (notice) => {
    if (banner) banner.remove();
    banner = null;
    if (!notice || store(notice.id, false)) return;
    const address = new URL(notice.url);
    if (!["https:", "http:"].includes(address.protocol)) return;
    const plain = { color: "inherit", font: "inherit" };
    banner = element("div", "", {
      display: "flex", gap: "1em", alignItems: "center", padding: ".75em 1em", color: "#fff",
      background: colours[notice.impact] || colours.none, font: "16px/1.4 system-ui, sans-serif",
    });
    banner.setAttribute("role", "status");
    const link = element("a", notice.title, { ...plain, flex: "1", textDecoration: "underline" });
    link.href = address.href;
    const button = element("button", "×", { ...plain, background: "none", border: "0", cursor: "pointer", minWidth: "24px", minHeight: "24px" });
    button.type = "button";
    button.setAttribute("aria-label", "Dismiss");
    button.addEventListener("click", () => {
      store(notice.id, true);
      show(null);
    });
    banner.append(link, button);
    document.body.prepend(banner);
  };

  const look = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await fetch(summary, { credentials: "omit" });
      const data = await answer.json();
      show(data.incidents[0] || data.maintenances.find((one) => one.status !== "scheduled") || null);
    } catch {
      // The next look may do better; what is shown stays.
    }
  };
  look();
  window.setInterval(look, every);
  document.addEventListener("visibilitychange", look);
})();
