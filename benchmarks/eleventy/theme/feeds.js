// The five feeds of the whole or of a component, in their forms.
import { historyDate, rssDate } from "./moments.js";
import { URL } from "./page.js";
import { escape } from "./texts.js";

const TAG = "tag:status.acme.example,2005";
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const forms = {
  "history.atom": (history, owner) => `${atom(owner, "history", "Incident History")}
${owner.history.map((page) => history.once(`history.atom ${page.url}`, () => historyEntry(history, page))).join("")}</feed>
`,
  "history.rss": (history, owner) => `${XML}<rss version="2.0"><channel><title>${owner.title} - Incident History</title><link>${owner.home}</link><description>${owner.title}: incidents, newest first</description><pubDate>${rssDate(owner.updates[0].update.at)}</pubDate>
${owner.history.map((page) => history.once(`history.rss ${page.url}`, () => historyItem(history, page))).join("")}</channel></rss>
`,
  "updates.atom": (history, owner) => `${atom(owner, "updates", "Updates")}
${owner.updates.map((one) => history.once(`updates.atom ${one.update.id}`, () => updateEntry(history, one))).join("")}</feed>
`,
  "updates.rss": (history, owner) => `${XML}<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title>${owner.title} - Updates</title><link>${owner.home}</link><atom:link href="${URL}${owner.folder}updates.rss" rel="self" type="application/rss+xml"/><description>${owner.title}: updates, newest first</description><language>en-US</language><lastBuildDate>${rssDate(owner.updates[0].update.at)}</lastBuildDate>
${owner.updates.map((one) => history.once(`updates.rss ${one.update.id}`, () => updateItem(history, one))).join("")}</channel></rss>
`,
  "feed.json": (history, owner) => JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: `${owner.title} - Updates`,
    home_page_url: owner.home,
    feed_url: `${URL}${owner.folder}feed.json`,
    language: "en-US",
    authors: [{ name: "Acme", url: URL }],
    items: owner.updates.map((one) => ({
      id: `${TAG}:Update/${one.update.id}`,
      url: `${URL}${one.page.url}#update-${one.update.id}`,
      title: `${one.update.label}: ${one.page.data.title}`,
      content_html: updateText(history, one),
      date_published: one.update.utc,
    })),
  }),
};

function atom(owner, name, title) {
  return `${XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US"><id>${TAG}:${owner.folder}${name}</id><link rel="alternate" type="text/html" href="${owner.home}"/><link rel="self" type="application/atom+xml" href="${URL}${owner.folder}${name}.atom"/><title>${owner.title} - ${title}</title><updated>${owner.updates[0].update.utc}</updated><author><name>Acme</name></author>`;
}

function historyEntry(history, page) {
  const { code, title, updates } = page.data;
  const at = updates[0].utc;
  return `<entry><id>${TAG}:Incident/${code}</id><published>${at}</published><updated>${at}</updated><link rel="alternate" type="text/html" href="${URL}${page.url}"/><title>${escape(title)}</title><content type="html">${historyText(history, page)}</content></entry>
`;
}

function historyItem(history, page) {
  const { kind, resolved, title, updates } = page.data;
  const end = kind === "maintenance" ? `<maintenanceEndDate>${rssDate(resolved)}</maintenanceEndDate>` : "";
  return `<item><title>${escape(title)}</title><description>${historyText(history, page)}</description><pubDate>${rssDate(updates[0].at)}</pubDate>${end}<link>${URL}${page.url}</link><guid>${URL}${page.url}</guid></item>
`;
}

const LEAD = /^(?:<p>[^]*?<\/p>\s*)+/;

function historyText(history, page) {
  return history.once(`history ${page.url}`, () => {
    const texts = history.textsOf(page);
    const told = page.data.updates.map(({ at, label }, place) => {
      const lead = LEAD.exec(texts[place])[0];
      const rest = texts[place].slice(lead.length);
      const said = lead.trim().slice(3).replaceAll("</p>\n<p>", "<br /><br />");
      return `<p><small>${historyDate(at)}</small><br><strong>${label}</strong> - ${said}${rest}`;
    });
    return escape(told.join(""));
  });
}

function updateEntry(history, one) {
  const { page, update } = one;
  return `<entry><id>${TAG}:Update/${update.id}</id><published>${update.utc}</published><updated>${update.utc}</updated><link rel="alternate" type="text/html" href="${URL}${page.url}#update-${update.id}"/><title>${update.label}: ${escape(page.data.title)}</title><content type="html">${escapedText(history, one)}</content></entry>
`;
}

function updateItem(history, one) {
  const { page, update } = one;
  return `<item><title>${update.label}: ${escape(page.data.title)}</title><description>${escapedText(history, one)}</description><pubDate>${rssDate(update.at)}</pubDate><link>${URL}${page.url}#update-${update.id}</link><guid isPermaLink="false">${TAG}:Update/${update.id}</guid></item>
`;
}

function escapedText(history, one) {
  return history.once(`escaped ${one.update.id}`, () => escape(updateText(history, one)));
}

function updateText(history, { page, place }) {
  const html = history.textsOf(page)[place];
  if (place < page.data.updates.length - 1) return html;
  return `${html}<ul>${page.data.affected.map(({ full }) => `<li>${full}</li>`).join("")}</ul>`;
}
