/* Adds to a page that is complete without it: the reader's own time, how long ago and how soon, where
   a maintenance stands by now, and word of a newer version. Its words and the patterns of its times are
   data attributes of its own element. What it adds is marked `data-live`; nothing moves the focus. */
(() => {
  "use strict";
  const { dataset: words, src } = document.currentScript;
  const main = document.getElementById("main");
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

  const localized = (text) => (words.digits ? text.replace(/\d/g, (digit) => words.digits[digit]) : text);

  /* The reader's own time; empty where the page shows the same, in its own zone or in UTC. */
  const own = ({ dateTime: stated }) => {
    const moment = new Date(stated);
    const shift = moment.getTimezoneOffset();
    const local = new Date(moment - shift * MINUTE).toISOString().slice(0, 16);
    if (!shift || stated.startsWith(local)) return "";
    const [day, hour, minute] = local.split(/[T:]/);
    const parts = { hour, minute, h: +hour, weekday: words.weekdays.split("|")[moment.getDay()] };
    const pattern = stated.startsWith(day) ? words.clock : words.dayClock;
    return localized(pattern.replace(/{(\w+)}/g, (_, name) => parts[name]));
  };

  const plural = new Intl.PluralRules(document.documentElement.lang);
  const relative = (moment) => {
    const minutes = Math.round((moment - now()) / MINUTE);
    if (!minutes) return words.now;
    const span = Math.abs(minutes);
    const [patterns, size] = span < 60 ? [words.minute, 1] : span < 2880 ? [words.hour, 60] : [words.day, 1440];
    const count = Math.round(span / size);
    const pattern = (form) => patterns.split("|").find((one) => one.startsWith(`${minutes < 0 ? "-" : ""}${form} `));
    const found = pattern(plural.select(count)) ?? pattern("other");
    return fill(found.replace(/\S+ /, ""), localized(`${count}`)).replaceAll(" ", "\xa0");
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
    if (!times[0].dateTime.includes("T")) return; // a day
    const [start, end] = times.map((time) => Date.parse(time.dateTime));
    const open = node.closest("[data-open]");
    const mine = times.map(own).filter(Boolean).join("–");
    const texts = [mine && fill(words.yours, mine).replaceAll(" ", "\xa0")];
    const is = (name) => open && node.closest(`[data-${name}]`);
    if (is("planned")) texts.push(phase(start, end, open.dataset.open));
    else if (is("due") && start < now()) texts.push(told("late", start));
    else if (open && !end) texts.push(relative(start));
    const text = texts.filter(Boolean).map((one) => `\xa0· ${one}`).join("");
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
  const due = element("div");
  stale.append(due);
  const say = (place, name, text) => {
    place.className = text && name;
    if (place.firstChild.textContent !== text) place.firstChild.textContent = text;
  };

  let next = Date.parse(main.dataset.next);
  let seen = main.dataset.state;
  let hasLooked = false;
  let isPaused = false;
  let wait = MINUTE;
  let timer;

  const draw = () => {
    nodes.forEach(write);
    const isLate = hasLooked && now() > next + words.grace * MINUTE;
    say(stale, "stale", isLate ? words.stale : "");
    due.textContent = isLate ? told("due", next) : ""; // not announced: it changes by itself
  };

  const announce = (text) => {
    if (!news.className) {
      const [show, pause] = ["show", "pause"].map((name) => element("button", words[name]));
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

  /* Tell once what is new: the page's new title, or what the JSON says if a cache has only the old page. */
  const compare = async (headline, isOld) => {
    const text = await get(location.href).then((answer) => answer.text(), () => "");
    const found = new DOMParser().parseFromString(text, "text/html");
    const body = found.getElementById("main");
    if (body && body.textContent !== before) {
      const [icon, newIcon] = [document, found].map((one) => one.querySelector('link[rel="icon"]'));
      if (newIcon) icon.href = newIcon.href;
      document.title = found.title;
      announce(fill(words.changed, found.title));
    } else if (isOld) announce(words.newer || fill(words.changed, headline));
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
        const text = await answer.text();
        const { state_id, next_change_at, headline } = JSON.parse(text);
        next = Date.parse(next_change_at);
        const was = seen || (text.includes(main.dataset.newest ?? "") && state_id);
        seen = state_id;
        if (was !== seen) await compare(headline.text, main.dataset.state || !was);
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
