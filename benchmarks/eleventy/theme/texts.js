// What is done with texts.
const SPECIAL = /[&<>"']/;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escape(text) {
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (one) => ENTITIES[one]) : text;
}

// Returns the texts of an incident's updates, newest first, of the HTML of all.
export function texts(html) {
  return html.replaceAll("<a href=", '<a rel="noopener nofollow" href=').split("<hr>");
}

// What is wider than a page must be reached by the keyboard.
export function onPage(html) {
  return html.replaceAll("<pre>", '<pre tabindex="0">');
}
