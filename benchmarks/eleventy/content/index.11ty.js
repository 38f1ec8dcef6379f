import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { moment } from "../theme/moments.js";
import { feedLinks, page } from "../theme/page.js";
import { escape, onPage } from "../theme/texts.js";

const WEBSITE =
  '{"@context":"https://schema.org","@type":"WebSite","name":"Acme status","url":"https://status.acme.example/","inLanguage":"en","publisher":{"@type":"Organization","name":"Acme"}}';
const GROUPS = ["Core", "Web", "Data", "Mail", "Payment"];
const BAD = ["major_outage", "partial_outage", "degraded_performance"];

export const data = { eleventyImport: { collections: ["history"] } };

export function render({ collections: { history }, directory }) {
  const components = Object.entries(directory).map(([id, one]) => ({ id, ...one }));
  const worst = worstOf(components) ?? { status: "operational", label: "Operational" };
  const [first, ...others] = history.open;
  const style = readFileSync("static/assets/style.css", "utf8");
  const hash = createHash("sha256").update(style).digest("base64");
  return page({
    root: "",
    url: "/",
    title: worst.label,
    about: escape(first.data.title),
    policy: `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`,
    links: `<link rel="icon" href="assets/${worst.status}.svg" type="image/svg+xml">
<style>${style}</style>
${feedLinks("")}`,
    head: `<script type="application/ld+json">${WEBSITE}</script>`,
    main: `<main id="main" data-state="" data-next="">
<div class="answer ${worst.status}" data-open="${first.data.status}">
<p class="state ${worst.status}">${worst.label}</p>
<h1><a href="${first.url.slice(1)}index.html">${escape(first.data.title)}</a></h1>
${facts(first)}
<p>${others.length} more incident is open</p>
${latest(history, first)}
</div>
${others.map((one, place) => record(history, one, place + 1)).join("")}
<section aria-labelledby="components">
<h2 id="components">Components</h2>
${GROUPS.map((name) => group(name, components)).join("")}</section>
<section aria-labelledby="recent">
<h2 id="recent">The last 14 days</h2>
<p class="about">Nothing was reported.</p>
<p class="more"><a href="history/index.html">The whole history</a></p>
</section>
</main>`,
  });
}

function worstOf(components) {
  for (const status of BAD) {
    const bad = components.find((one) => one.status === status);
    if (bad) return bad;
  }
}

function record(history, one, number) {
  const { title, impact, impact_label, status, status_label } = one.data;
  return `<article class="record ${impact}" data-open="${status}" aria-labelledby="record-${number}">
<p class="state ${impact}">${impact_label} · ${status_label}</p>
<h2 id="record-${number}"><a href="${one.url.slice(1)}index.html">${escape(title)}</a></h2>
${facts(one)}
${latest(history, one)}
</article>
`;
}

function facts({ data: { started, affected } }) {
  return `<dl class="facts">
<div><dt>Since</dt><dd>${moment(started)}</dd></div>
<div><dt>Affects</dt><dd>
<ul class="inline">
${affected.map(({ id, name }) => `<li><a href="components/${id}/index.html"><bdi>${name}</bdi></a></li>\n`).join("")}</ul></dd></div>
<div><dt>Next update</dt><dd><span class="late" data-owed="update">It is late.</span></dd></div>
</dl>`;
}

function latest(history, one) {
  const { updates } = one.data;
  const said = history.textsOf(one).map(onPage);
  const told = ({ label, at }, text) =>
    `<p><strong>${label}</strong> <span class="facts">${moment(at)}</span></p>\n${text}\n`;
  const all = updates.length > 5 ? `<p><a href="${one.url.slice(1)}index.html">All ${updates.length} updates</a></p>` : "";
  return `<div class="latest">
${told(updates[0], said[0])}</div>
<details class="more">
<summary>${updates.length - 1} earlier updates</summary>
<ol reversed class="updates" aria-label="Updates, newest first">
${updates.slice(1, 5).map((update, place) => `<li>\n${told(update, said[place + 1])}</li>\n`).join("")}</ol>
${all}
</details>`;
}

function group(name, components) {
  const all = components.filter((one) => one.group === name).sort((a, b) => a.position - b.position);
  const bad = worstOf(all);
  const told = bad ? ` <span class="state ${bad.status}">${bad.label}: <bdi>${bad.name}</bdi></span>` : "";
  return `<section class="group">
<div class="row"><h3><bdi>${name}</bdi></h3>${told}</div>
<ul class="components">
${all.map(component).join("")}</ul>
</section>
`;
}

function component({ id, name, status, label }) {
  return `<li>
<p class="name"><a href="components/${id}/index.html"><bdi>${name}</bdi></a></p>
<p class="state ${status}">${label}</p>
</li>
`;
}
