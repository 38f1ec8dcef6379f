import { page } from "../theme/page.js";

export const data = { permalink: "/history/index.html", eleventyImport: { collections: ["history"] } };

export function render({ collections: { history } }) {
  const years = new Map();
  for (const month of history.months.values()) {
    const year = month.month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), month]);
  }
  return page({
    root: "../",
    url: "/history/",
    title: "History",
    main: `<main id="main">
<div class="page">
<h1>History</h1>
${[...years].map(yearSection).join("")}</div>
</main>`,
  });
}

function yearSection([year, months]) {
  return `<section aria-labelledby="year-${year}">
<h2 id="year-${year}">${year}</h2>
<ul class="months">
${months.map(line).join("")}</ul>
</section>
`;
}

function line({ month, name, summary, marks }) {
  const told = marks.map(({ data }) => `<span class="mark ${data.impact}"></span>`).join("");
  return `<li><a href="../history/${month}/index.html">${name}</a> <span class="facts">${summary}</span>${told && ` <span class="marks" aria-hidden="true">${told}</span>`}</li>
`;
}
