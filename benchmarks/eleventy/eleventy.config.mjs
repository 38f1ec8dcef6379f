// The same pages as statusgen's, made as fast as Eleventy makes them.
import { writeInterfaces } from "./theme/interface.js";
import { History } from "./theme/history.js";

export default function (config) {
  config.setInputDirectory("content");
  config.setOutputDirectory("public");
  config.addPassthroughCopy({ static: "/" });
  config.setTemplateFormats(["md", "11ty.js"]);

  // What is in files is all that there is: nothing is merged, looked for beside, or filled in.
  config.setDataDeepMerge(false);
  config.setDataFileSuffixes([]);
  config.addDateParsing((date) => date && new Date(date));
  config.amendLibrary("md", (markdown) => markdown.set({ html: false }));

  let history;
  config.addCollection("history", (collections) => (history = new History(collections.getAll())));
  config.addCollection("months", () => [...history.months.keys()]);
  config.addCollection("feeds", () => [...history.feeds.keys()]);
  config.on("eleventy.after", ({ directories }) => writeInterfaces(history, directories.output));

  return { markdownTemplateEngine: false };
}
