/* Asks the status page what it says now. What stands here stays visible, with its age, unless the answer is good and not old. */
(() => {
  "use strict";
  const live = document.getElementById("live");
  const last = document.getElementById("last");
  const [told, state, note] = live.children;
  const { from, since, grace, ...words } = live.dataset;
  const states = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"];

  const age = () => {
    const minutes = Math.floor((Date.now() - Date.parse(since)) / 60_000);
    const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
    return new Intl.RelativeTimeFormat(document.documentElement.lang).format(-Math.floor(count), unit);
  };

  const show = (name, text, what, more = "") => {
    state.className = `state ${name}`;
    told.textContent = what;
    state.textContent = text;
    note.textContent = more;
    live.hidden = false;
  };
  const unknown = () => {
    last.className = "past";
    show("unknown", words.unknown, words.failed);
  };

  const isHere = (host) => ["localhost", "127.0.0.1", "[::1]"].includes(host);
  const look = async () => {
    const address = new URL(from);
    // A page that is looked at on the machine it was made on asks nobody outside.
    if (isHere(location.hostname) && !isHere(address.hostname)) return unknown();
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 4000);
    try {
      const answer = await fetch(address, { cache: "no-store", credentials: "omit", signal: stop.signal });
      const { headline, next_change_at: next } = await answer.json();
      if (!answer.ok || next === undefined || Date.parse(next) + grace * 60_000 < Date.now()) throw answer;
      const name = states.includes(headline.state) ? headline.state : "unknown";
      if (typeof headline.text !== "string" || !headline.text) throw answer;
      last.hidden = true;
      show(name, headline.text, words.now, name === states[0] ? words.well : "");
    } catch {
      unknown();
    } finally {
      clearTimeout(timer);
    }
  };

  if (Date.now() - Date.parse(since) >= 60_000) document.getElementById("age").textContent = ` (${age()})`;
  look();
})();
