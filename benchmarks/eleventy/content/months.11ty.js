import { line } from "../theme/line.js";
import { page } from "../theme/page.js";

export const data = {
  pagination: { data: "collections.months", size: 1, alias: "month" },
  permalink: ({ month }) => `/history/${month}/index.html`,
  eleventyImport: { collections: ["history"] },
};

const FILTER = `<fieldset class="filter">
<legend class="unseen">Show</legend>
<label><input type="checkbox" id="show-incident" checked> Incidents</label>
<label><input type="checkbox" id="show-maintenance" checked> Maintenance</label>
</fieldset>
`;

export function render({ collections: { history }, month }) {
  const { name, summary, isMixed, records, earlier, later } = history.months.get(month);
  return page({
    root: "../../",
    url: `/history/${month}/`,
    title: name,
    main: `<main id="main">
<div class="page">
<h1>${name}</h1>
<p class="facts">${summary}</p>
${isMixed ? FILTER : ""}<ul class="lines">
${records.map(line).join("")}</ul>
<nav aria-label="Months">
<ul class="steps">
${earlier ? `<li><a href="../../history/${earlier.month}/index.html" rel="prev"><span class="arrow" aria-hidden="true">←</span> ${earlier.name}</a></li>` : ""}
<li><a href="../../history/index.html">All months</a></li>
${later ? `<li><a href="../../history/${later.month}/index.html" rel="next">${later.name} <span class="arrow" aria-hidden="true">→</span></a></li>` : ""}
</ul>
</nav>
</div>
</main>`,
  });
}
