// What is done with texts.
export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

// Returns the texts of an incident's updates, newest first, of the HTML of all.
export function texts(html) {
  return html.split("<hr>");
}

// What is wider than a page must be reached by the keyboard.
export function onPage(html) {
  return html.replaceAll("<pre>", '<pre tabindex="0">');
}
