import { hours, moment, period, time } from "../../theme/moments.js";
import { URL, page } from "../../theme/page.js";
import { escape, onPage, texts } from "../../theme/texts.js";

export function render(facts) {
  const { open, updates } = facts;
  const title = escape(facts.title);
  return page({
    root: "../../",
    url: facts.page.url,
    type: "article",
    title: `${facts.status_label}: ${title}`,
    about: escape(facts.about),
    head: searchFacts(facts),
    main: `<main id="main"${open ? ` data-state="" data-newest="${updates[0].id}"` : ""}>
<article class="page"${open ? ` data-open="${facts.status}"` : ""}>
<p class="state ${facts.impact}">${facts.impact_label} · ${facts.status_label}</p>
<h1>${title}</h1>
<dl class="facts">
${times(facts)}
</dl>
<div class="prose"></div>
<section aria-labelledby="affected">
<h2 id="affected">What ${open ? "is" : "was"} affected</h2>
<ul class="lines">
${affected(facts)}</ul>
</section>
<section aria-labelledby="updates">
<h2 id="updates">Updates, newest first</h2>
<ol reversed class="updates">
${course(facts)}</ol>
</section>
</article>
</main>`,
  });
}

function times(facts) {
  const begin =
    facts.kind === "maintenance"
      ? `<div><dt>Planned</dt><dd data-planned>${period(facts)}</dd></div>`
      : `<div><dt>${facts.open ? "Since" : "Began"}</dt><dd>${moment(facts.started)}</dd></div>`;
  if (!facts.resolved) {
    return `${begin}
<div><dt>Next update</dt><dd><span class="late" data-owed="update">It is late.</span></dd></div>`;
  }
  const due = facts.postmortem_due
    ? `
<div><dt>Postmortem due</dt><dd>${moment(facts.postmortem_due)} <span data-owed="postmortem">It has not come yet.</span></dd></div>`
    : "";
  return `${begin}
<div><dt>Ended</dt><dd><span class="window">${moment(facts.resolved)}, after ${facts.lasted}</span></dd></div>${due}`;
}

function affected(facts) {
  const when = facts.open ? `<span class="window">since ${time(facts.started)}</span>` : hours(facts);
  let told = "";
  for (const { id, name, status, label, down, share } of facts.affected) {
    told += `<li>
<p class="row"><a href="../../components/${id}/index.html"><bdi>${name}</bdi></a></p>
<div>
<p class="facts"><span class="state ${status}">${label}</span> ${when}</p>
${down ? `<p class="facts">Counts as ${down} down, ${share} % of 90 days</p>` : ""}
</div>
</li>
`;
  }
  return told;
}

function course({ content, updates }) {
  const said = texts(onPage(content));
  let told = "";
  for (let place = 0; place < updates.length; place++) {
    const { id, label, at, changes } = updates[place];
    told += `<li id="update-${id}">
<h3>${label}</h3> <span class="facts">${moment(at)}</span>
${changes.length ? changed(changes) : ""}${said[place]}
</li>
`;
  }
  return told;
}

function changed(changes) {
  let told = '<ul class="changes">\n';
  for (const { short, new_status, label } of changes) {
    told += `<li><bdi>${short}</bdi>: <span class="state ${new_status}">${label}</span></li>\n`;
  }
  return `${told}</ul>\n`;
}

const ACME = '{"@type":"Organization","name":"Acme"}';
const BREADCRUMBS = `{"@type":"ListItem","position":1,"name":"Acme status","item":"${URL}/"},{"@type":"ListItem","position":2,"name":"History","item":"${URL}/history/"}`;

function searchFacts({ page, title, updates, started_utc, resolved_utc }) {
  const url = URL + page.url;
  const name = JSON.stringify(title).replaceAll("<", "\\u003c");
  const begun = updates[updates.length - 1].utc;
  const ended = resolved_utc ? `,"coverageEndTime":"${resolved_utc}"` : "";
  let posts = "";
  for (const { id, label, utc } of updates.slice(0, 10)) {
    posts += `${posts && ","}{"@type":"BlogPosting","headline":"${label}","url":"${url}#update-${id}","datePublished":"${utc}"}`;
  }
  return `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"LiveBlogPosting","headline":${name},"url":"${url}","mainEntityOfPage":"${url}","inLanguage":"en","datePublished":"${begun}","dateModified":"${updates[0].utc}","author":${ACME},"publisher":${ACME},"liveBlogUpdate":[${posts}],"coverageStartTime":"${started_utc}"${ended}},{"@type":"BreadcrumbList","itemListElement":[${BREADCRUMBS},{"@type":"ListItem","position":3,"name":${name},"item":"${url}"}]}]}</script>`;
}
