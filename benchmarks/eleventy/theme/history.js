// What lists are made of: the incidents by month, by component and by their last update.
import { monthName } from "./moments.js";
import { texts } from "./texts.js";

const FORMS = ["history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json"];
const NEWEST = 25;
const NEWEST_OF_ALL = 50;

const descending = (key) => (one, other) => {
  const [a, b] = [key(one), key(other)];
  return a < b ? 1 : a > b ? -1 : 0;
};
const byOrder = descending(({ data }) => data.order);
const byLastUpdate = descending(({ data }) => data.updates[0].utc);

export class History {
  constructor(pages) {
    this.incidents = pages.filter(({ data }) => data.code).sort(byOrder);
    this.open = this.incidents
      .filter(({ data }) => data.open)
      .sort(descending(({ data }) => data.severity));
    this.months = monthsOf(this.incidents);
    this.components = new Map();
    for (const page of this.incidents) {
      for (const id of page.data.components) {
        if (!this.components.has(id)) this.components.set(id, []);
        this.components.get(id).push(page);
      }
    }
    this.feeds = new Map();
    this.#addFeeds("", this.incidents, NEWEST_OF_ALL);
    for (const [id, own] of this.components) this.#addFeeds(id, own, NEWEST);
  }

  #addFeeds(component, pages, most) {
    const folder = component ? `/components/${component}/` : "/";
    const newest = [...pages].sort(byLastUpdate).slice(0, most);
    const owner = { component, folder, history: newest.slice(0, NEWEST), updates: updatesOf(newest, most) };
    for (const form of FORMS) this.feeds.set(folder + form, { form, owner });
  }

  // What several feeds tell alike is made once.
  once(key, make) {
    let made = this.#made.get(key);
    if (made === undefined) this.#made.set(key, (made = make()));
    return made;
  }
  #made = new Map();

  textsOf(page) {
    return this.once(page, () => texts(page.content).map((text) => text.trim()));
  }
}

function monthsOf(incidents) {
  const months = new Map();
  for (const page of incidents) {
    const { month } = page.data;
    if (!months.has(month)) months.set(month, { month, name: monthName(month), records: [] });
    months.get(month).records.push(page);
  }
  let later;
  for (const month of months.values()) {
    if (later) [month.later, later.earlier] = [later, month];
    later = month;
    const own = month.records.filter(({ data }) => data.kind === "incident");
    const [number, works] = [own.length, month.records.length - own.length];
    month.marks = own.slice(-40).reverse();
    month.isMixed = number > 0 && works > 0;
    month.summary = [counted(number, "incident"), counted(works, "maintenance")].filter(Boolean).join(", ");
  }
  return months;
}

const counted = (number, what) => number && `${number} ${what}${number === 1 ? "" : "s"}`;

// The newest updates of the pages, which come by their last update.
function updatesOf(pages, most) {
  const found = [];
  let oldest = "";
  for (const page of pages) {
    const { updates, order } = page.data;
    // Updates of the pages to come are older than enough of those found.
    if (found.length >= most && updates[0].utc < oldest) break;
    updates.forEach((update, place) => found.push({ page, update, place, key: `${update.utc} ${order.slice(21)} ${999 - place}` }));
    const first = updates[updates.length - 1].utc;
    if (!oldest || first < oldest) oldest = first;
  }
  return found.sort(descending(({ key }) => key)).slice(0, most);
}
