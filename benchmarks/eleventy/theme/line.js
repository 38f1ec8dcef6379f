// An incident in a list, on pages two folders deep.
import { date, hours } from "./moments.js";
import { escape } from "./texts.js";

export function line({ url, data: facts }) {
  const spent =
    facts.kind === "maintenance"
      ? `<span data-planned>${hours(facts)}</span> `
      : facts.lasted ? `<span>${facts.lasted}</span> ` : "";
  return `<li class="${facts.kind}"${facts.open ? ` data-open="${facts.status}"` : ""}>
<p class="when">${date(facts.started)}</p>
<p class="row"><a href="../..${url}index.html">${escape(facts.title)}</a> <span class="state ${facts.impact}">${facts.impact_label}</span></p>
<p class="facts dots"><span>${facts.status_label}</span> ${spent}<span><bdi>${facts.names}</bdi></span></p>
</li>
`;
}
