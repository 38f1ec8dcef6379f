import { URL } from "../theme/page.js";

export const data = { permalink: "/sitemap.xml", eleventyImport: { collections: ["history"] } };

export function render({ collections: { history }, directory }) {
  const paths = ["/", "/history/"];
  for (const month of history.months.keys()) paths.push(`/history/${month}/`);
  for (const id of Object.keys(directory)) paths.push(`/components/${id}/`);
  const lists = paths.map((path) => `<url><loc>${URL}${path}</loc></url>\n`).join("");
  const pages = history.incidents
    .map(({ url, data }) => `<url><loc>${URL}${url}</loc><lastmod>${data.updates[0].utc.slice(0, 10)}</lastmod></url>\n`)
    .join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lists}${pages}</urlset>
`;
}
