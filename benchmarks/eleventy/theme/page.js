// What is on every page.
export const URL = "https://status.acme.example";
const ABOUT = "Acme status: what works now, what does not, and what happened before";
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

// `root` leads from the page to the front page; `title` and `about` are escaped.
export function page({ root, url, title, main, about = ABOUT, type = "website", head = "", links = pageLinks(root), policy = POLICY }) {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title} – Acme status</title>
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${URL}${url}">
${links}
<meta name="description" content="${about}">
<meta property="og:title" content="${title} – Acme status">
<meta property="og:description" content="${about}">
<meta property="og:type" content="${type}">
<meta property="og:url" content="${URL}${url}">
<meta property="og:site_name" content="Acme">
<meta name="twitter:card" content="summary">
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<p class="brand"><a href="${root}index.html"><bdi>Acme status</bdi></a></p>
<nav aria-label="Status page">
<ul>
<li><a href="${root}history/index.html">History</a></li>
<li><a href="${root}uptime/index.html">Uptime</a></li>
<li><a href="${root}maintenance/index.html">Maintenance</a></li>
<li><a href="${root}subscribe/index.html">Subscribe</a></li>
</ul>
</nav>
</header>
${main}
<footer>
<ul>
<li><a href="${root}accessibility/index.html">Accessibility</a></li>
</ul>
<p>Times are in Europe/Berlin, with UTC beside them.</p>
</footer>
</body>
</html>
`;
}

function pageLinks(root) {
  return `<link rel="stylesheet" href="${root}assets/style.css">
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
${feedLinks(root)}`;
}

export function feedLinks(root) {
  return `<link rel="alternate" href="${root}history.atom" type="application/atom+xml" title="Incidents (Atom)">
<link rel="alternate" href="${root}history.rss" type="application/rss+xml" title="Incidents (RSS)">
<link rel="alternate" href="${root}updates.atom" type="application/atom+xml" title="Every update (Atom)">
<link rel="alternate" href="${root}updates.rss" type="application/rss+xml" title="Every update (RSS)">
<link rel="alternate" href="${root}feed.json" type="application/feed+json" title="Every update (JSON Feed)">
<script src="${root}assets/script.js" defer data-grace="60"  data-clock="{hour}:{minute}" data-day-clock="{weekday} {hour}:{minute}" data-weekdays="Sun|Mon|Tue|Wed|Thu|Fri|Sat"  data-minute="one in %s minute|other in %s minutes|-one %s minute ago|-other %s minutes ago" data-hour="one in %s hour|other in %s hours|-one %s hour ago|-other %s hours ago" data-day="one in %s day|other in %s days|-one %s day ago|-other %s days ago" data-now="now"
  data-yours="%s your time"
  data-starts="starts %s"
  data-started="started %s"
  data-ends="ends %s"
  data-over="should have ended %s"
  data-late="late, expected %s"
data-changed="This page has changed: %s"
  data-show="Show the new version"
  data-pause="Stop checking"
  data-stale="This page has not been renewed, and what it says may be out of date."
  data-due="It was due %s."></script>`;
}
