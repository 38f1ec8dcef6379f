/* What a browser can add to a page that is complete without it: the reader's own time, how long ago
   and how soon, where a maintenance stands by now, and word of a newer version.

   The words stand in the data attributes of the script's own element, in the page's language. What
   is added here is marked `data-live`. Nothing moves the focus, or what is being read. */
(() => {
  "use strict";
  const { dataset: words, src } = document.currentScript;
  const main = document.getElementById("main");
  const lang = document.documentElement.lang.replace(/^en$/, "en-GB"); // day before month, as the page has it
  const MINUTE = 60_000;
  const fill = (text, value) => text.replace("%s", () => value);
  const before = main.textContent;
  const nodes = [...main.querySelectorAll(".window, time")].filter(
    (node) => !node.parentNode.closest(".window"),
  );
  let skew = 0; // what the reader's clock is behind by

  const now = () => Date.now() + skew;

  const element = (name, text = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  // ── moments ──

  const clock = (timeZone, weekday) => {
    const options = { weekday, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
    try {
      return new Intl.DateTimeFormat(lang, options);
    } catch {
      return clock("UTC", weekday); // an old browser does not know a zone's new name
    }
  };
  const [mine, page, utc] = [undefined, words.zone, "UTC"].map((zone) => {
    const [short, long] = [clock(zone), clock(zone, "short")];
    return (moment) => [short.format(moment), long.format(moment)];
  });
  const day = ([short, long]) => long.replace(short, "");

  /* The reader's own time; empty where the page shows the same already. */
  const own = (moment) => {
    const [time, shown] = [mine(moment), page(moment)];
    if ([shown[1], utc(moment)[1]].includes(time[1])) return "";
    return time[day(time) === day(shown) ? 0 : 1];
  };

  const always = new Intl.RelativeTimeFormat(lang);
  const auto = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const relative = (moment) => {
    const minutes = Math.round((moment - now()) / MINUTE);
    const hours = Math.round(minutes / 60);
    if (Math.abs(hours) >= 48) return always.format(Math.round(hours / 24), "day");
    if (Math.abs(minutes) >= 60) return always.format(hours, "hour");
    return minutes ? always.format(minutes, "minute") : auto.format(0, "second");
  };

  const told = (name, moment) => fill(words[name], relative(moment));

  /* Where a maintenance stands by the clock; it may have begun early. */
  const phase = (start, end, status) => {
    if (now() >= end) return told("over", end);
    if (now() >= start) return `${told("started", start)}, ${told("ends", end)}`;
    return status === "scheduled" ? told("starts", start) : told("ends", end);
  };

  const write = (node) => {
    const times = node.dateTime ? [node] : [...node.querySelectorAll("time")];
    const [start, end] = times.map((time) => time.dateTime.includes("T") && Date.parse(time.dateTime));
    if (!start) return;
    const open = node.closest("[data-open]");
    const texts = [[start, end].map((moment) => moment && own(moment)).filter(Boolean).join("–")];
    if (texts[0]) texts[0] = fill(words.yours, texts[0]);
    const is = (name) => open && node.closest(`[data-${name}]`);
    if (is("planned")) texts.push(phase(start, end, open.dataset.open));
    else if (is("due") && start < now()) texts.push(told("late", start));
    else if (open && !end) texts.push(relative(start));
    const text = texts.filter(Boolean).map((one) => ` · ${one}`).join("");
    let live = node.nextElementSibling;
    if (!live || live.className !== "live") {
      if (!text) return;
      live = element("bdi");
      live.className = "live";
      live.dataset.live = "";
      node.after(live);
    }
    if (live.textContent !== text) live.textContent = text;
  };

  // ── what is newer ──

  const region = (place) => {
    const made = element("div");
    made.dataset.live = "";
    made.append(element("div"));
    made.firstChild.setAttribute("role", "status");
    main[place](made);
    return made;
  };
  const [stale, news] = [region("prepend"), region("append")];
  const say = (place, name, text) => {
    place.className = text && name;
    if (place.firstChild.textContent !== text) place.firstChild.textContent = text;
  };

  let next = Date.parse(main.dataset.next); // when the page changes by itself
  let seen = main.dataset.state;
  let hasLooked = false;
  let isPaused = false;
  let wait = MINUTE;
  let timer;

  const draw = () => {
    nodes.forEach(write);
    const date = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
    const isLate = hasLooked && now() > next + words.grace * MINUTE;
    say(stale, "stale", isLate ? fill(words.stale, fill(words.yours, date.format(next))) : "");
  };

  const announce = (text) => {
    if (!news.className) {
      const [show, pause] = [element("button", words.show), element("button", words.pause)];
      show.onclick = () => location.reload();
      pause.onclick = () => {
        isPaused = !isPaused;
        pause.setAttribute("aria-pressed", isPaused);
        look();
      };
      pause.setAttribute("aria-pressed", false);
      news.append(show, pause);
    }
    say(news, "news", text);
  };

  const get = async (address) => {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw answer;
    return answer;
  };

  /* Tell once what is new here: the page's new title; where a cache has only the old page, what the JSON says. */
  const compare = async (headline) => {
    const text = await get(location.href).then((answer) => answer.text(), () => "");
    const found = new DOMParser().parseFromString(text, "text/html");
    const body = found.getElementById("main");
    if (body && body.textContent !== before) {
      const icon = 'link[rel="icon"]';
      document.title = found.title;
      if (found.querySelector(icon)) document.querySelector(icon).href = found.querySelector(icon).href;
      announce(fill(words.changed, found.title));
    } else if (main.dataset.state) announce(words.newer || fill(words.changed, headline));
  };

  /* The server's clock counts where the reader's is outside of what an answer's age allows. */
  const setClock = (headers) => {
    const sent = Date.parse(headers.get("date"));
    const received = sent + (headers.get("age") || 0) * 1000;
    const given = Date.now();
    skew = given < sent - MINUTE ? sent - given : given > received + MINUTE ? received - given : 0;
  };

  const look = async () => {
    clearTimeout(timer);
    if (document.hidden || isPaused) return;
    try {
      if (location.protocol.startsWith("http") && navigator.onLine) {
        const answer = await get(new URL("../api/statusgen/v1/summary.json", src));
        setClock(answer.headers);
        const { state_id, next_change_at, headline } = await answer.json();
        next = Date.parse(next_change_at);
        const was = seen || state_id;
        seen = state_id;
        if (was !== seen) await compare(headline.text);
      }
      wait = MINUTE;
    } catch {
      wait = Math.min(wait * 2, 16 * MINUTE); // what is shown stays
    }
    hasLooked = true;
    draw();
    clearTimeout(timer);
    timer = setTimeout(look, wait * (1 + Math.random() / 4));
  };

  draw();
  setInterval(() => isPaused || draw(), MINUTE);
  if (seen !== undefined) {
    look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
  }
})();
