// The least that makes a page an incident, a list by component and a feed.
export default function (config) {
  config.setInputDirectory("content");
  config.setIncludesDirectory("_includes");
  config.setOutputDirectory("public");
  config.addFilter("newest", (pages) => pages.slice(-50).reverse());
}
