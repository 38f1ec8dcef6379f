import { line } from "../theme/line.js";
import { URL, page } from "../theme/page.js";
import { escape } from "../theme/texts.js";

const MOST = 25;
const FEEDS = [
  ["history.atom", "application/atom+xml", "Incidents", "Atom"],
  ["history.rss", "application/rss+xml", "Incidents", "RSS"],
  ["updates.atom", "application/atom+xml", "Every update", "Atom"],
  ["updates.rss", "application/rss+xml", "Every update", "RSS"],
  ["feed.json", "application/feed+json", "Every update", "JSON Feed"],
];

export const data = {
  pagination: { data: "directory", size: 1, alias: "id" },
  permalink: ({ id }) => `/components/${id}/index.html`,
  eleventyImport: { collections: ["history"] },
};

export function render({ collections: { history }, directory, id }) {
  const component = directory[id];
  const pages = history.components.get(id) ?? [];
  const open = pages.filter((one) => one.data.open);
  const folder = `components/${id}/`;
  const feeds = FEEDS.map(([file, type, what, form]) => ({
    path: folder + file,
    type,
    label: `${what} (${form})`,
    title: `${what} of ${component.name} (${form})`,
  }));
  return page({
    root: "../../",
    url: `/${folder}`,
    title: `${component.label}: ${component.name}`,
    head: feeds.map(({ path, type, title }) => `<link rel="alternate" href="../../${path}" type="${type}" title="${title}">\n`).join(""),
    main: `<main id="main" data-state="">
<div class="page">
<p class="state ${component.status}">${component.label}</p>
<h1><bdi>${component.name}</bdi></h1>
<p class="about"><bdi>${component.group}</bdi></p>
${open.length ? because(open) : ""}<section aria-labelledby="reports">
<h2 id="reports">Reports</h2>
<ul class="lines">
${pages.slice(0, MOST).map(line).join("")}</ul>
${pages.length > MOST ? `<p class="more"><a href="../../history/index.html">${pages.length - MOST} more in the history</a></p>` : ""}
</section>
<section aria-labelledby="subscribe">
<h2 id="subscribe">Subscribe to ${component.name}</h2>
<dl class="facts">
${feeds.map(({ path, label }) => `<div><dt>${label}</dt><dd><a href="../../${path}">${URL}/<wbr>${path}</a></dd></div>\n`).join("")}</dl>
<p>In a channel of Slack: <code>/feed subscribe ${URL}/<wbr>${folder}updates.atom</code></p>
<p><a href="../../subscribe/index.html">Other ways, and everything at once</a></p>
</section>
</div>
</main>`,
  });
}

function because(open) {
  return `<dl class="facts">
<div><dt>Because of</dt><dd>
<ul class="inline">
${open.map(({ url, data }) => `<li><a href="../..${url}index.html">${escape(data.title)}</a></li>\n`).join("")}</ul></dd></div>
</dl>
`;
}
