/* Tells on your own page what is wrong: docs/embedding.md */
(() => {
  const { src, dataset: given } = document.currentScript;
  const wanted = given.components?.split(/[ ,]+/);
  const looks = { minor: "\u25b2#8a5a00", major: "\u25a0#b0430a", critical: "\u2716#b01f30", maintenance: "\u25c6#2f5fae" };
  let banner, shown, gone;

  const stored = (key, value) => {
    try {
      if (value) localStorage[key] = value;
      return localStorage[key];
    } catch {}
  };
  const make = (name, its) => Object.assign(document.createElement(name), its);

  const show = (one) => {
    const key = `statusgen-${one?.id}`;
    const update = one?.update?.id || "-";
    const now = key + update;
    if (now === shown) return;
    shown = now;
    banner?.remove();
    if (!one || now === gone || stored(key) === update || !/^https?:/.test(one.url)) return;
    const [shape, colour] = (looks[one.impact] || "\u25cf#625c54").split(/(?=#)/);
    const plain = "color:#fff;background:0;border:0;font:inherit;";
    const onclick = () => {
      gone = now;
      stored(key, update);
      banner.remove();
    };
    banner = make("div", { role: "status", style: `display:flex;padding:.6em 1em;background:${colour};font:1rem/1.5 system-ui` });
    banner.append(
      make("a", { href: one.url, textContent: `${shape} ${one.title}`, style: `${plain}flex:1` }),
      make("button", { onclick, textContent: "\xd7", ariaLabel: given.dismiss || "Dismiss", style: `${plain}width:2em` }),
    );
    (document.getElementById(given.into) || document.body).prepend(banner);
  };

  const look = async () => {
    try {
      const now = await (await fetch(new URL("../api/statusgen/v1/summary.json", src))).json();
      const open = now.maintenances.filter((one) => one.status !== "scheduled");
      show([...now.incidents, ...open].find((one) => !wanted || one.components.some((id) => wanted.includes(id))));
    } catch {}
  };
  setInterval(() => document.hidden || look(), 60000);
  look();
})();
