import { forms } from "../theme/feeds.js";
import { URL } from "../theme/page.js";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "path" },
  permalink: ({ path }) => path,
  eleventyImport: { collections: ["history"] },
};

export function render({ collections: { history }, directory, path }) {
  const { form, owner } = history.feeds.get(path);
  const { component, folder } = owner;
  const title = component ? `Acme Status - ${directory[component].full}` : "Acme Status";
  return forms[form](history, { ...owner, title, home: component ? URL + folder : URL });
}
