/* Tells on your own page what is wrong: docs/embedding.md */
(() => {
  const { src, dataset: given } = document.currentScript;
  const looks = { minor: "\u25b2#8a5a00", major: "\u25a0#b0430a", critical: "\u2716#b01f30", maintenance: "\u25c6#2f5fae" };
  const gone = {};
  let banner, shown;

  const isGone = ({ id, update }, now) => {
    const key = `statusgen-${id}`;
    const news = update?.id || "-";
    if (now) gone[key] = news;
    try {
      if (now) localStorage[key] = news;
      return localStorage[key] === news;
    } catch {
      return gone[key] === news;
    }
  };
  const make = (name, its) => Object.assign(document.createElement(name), its);

  const concerns = ({ audience, components, groups, url }) => {
    const used = given.components?.split(/[ ,]+/);
    const hit = [...components, ...groups];
    return /^https?:/.test(url) && ["public", given.audience].includes(audience) && (!used || !hit[0] || used.some((id) => hit.includes(id)));
  };

  const show = (one) => {
    const now = JSON.stringify(one);
    if (now === shown) return;
    shown = now;
    banner?.remove();
    if (!one) return;
    const [shape, colour] = (looks[one.impact] || "\u25cf#625c54").split(/(?=#)/);
    const plain = "color:#fff;background:0;border:0;font:inherit;";
    const onclick = () => {
      isGone(one, 1);
      banner.remove();
      look();
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
      show([...now.incidents, ...open].find((one) => concerns(one) && !isGone(one)));
    } catch {}
  };
  setInterval(() => document.hidden || look(), 60000);
  look();
})();
