// Moments as pages show them. Facts have them in the time of the page with its distance from UTC,
// so that nothing must be asked of a database of zones.
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NAMES = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const ZONES = { "+01:00": "CET", "+02:00": "CEST" };

const zone = (at) => ZONES[at.slice(23)];
const clock = (at) => at.slice(11, 16);
const datetime = (at) => at.slice(0, 16) + at.slice(23);
const here = (at) => new Date(at.slice(0, 23) + "Z");
const utcClock = (utc) => utc.toISOString().slice(11, 16);

export function day(at) {
  const own = here(at);
  return `${DAYS[own.getUTCDay()]} ${own.getUTCDate()} ${MONTHS[own.getUTCMonth()]} ${own.getUTCFullYear()}`;
}

export function date(at) {
  return `<time datetime="${at.slice(0, 10)}">${day(at)}</time>`;
}

export function moment(at) {
  return told(at, `${day(at)}, ${clock(at)}`);
}

// Where the day stands already.
export function time(at) {
  return told(at, clock(at));
}

function told(at, here) {
  const utc = new Date(at);
  const other = utc.getUTCDate() === +at.slice(8, 10) ? "" : `${DAYS[utc.getUTCDay()]} `;
  return `<time datetime="${datetime(at)}">${here} ${zone(at)} (${other}${utcClock(utc)} UTC)</time>`;
}

function until(from, to) {
  return `–<time datetime="${datetime(to)}">${clock(to)}</time> ${zone(to)} (${utcClock(new Date(from))}–${utcClock(new Date(to))} UTC)`;
}

export function period({ is_within_day, started, resolved }) {
  const told = is_within_day
    ? `<time datetime="${datetime(started)}">${day(started)}, ${clock(started)}</time>${until(started, resolved)}`
    : `${moment(started)} to ${moment(resolved)}`;
  return `<span class="window">${told}</span>`;
}

export function hours(facts) {
  if (!facts.is_within_day) return period(facts);
  const { started, resolved } = facts;
  return `<span class="window"><time datetime="${datetime(started)}">${clock(started)}</time>${until(started, resolved)}</span>`;
}

export function monthName(month) {
  return `${NAMES[month.slice(5) - 1]} ${month.slice(0, 4)}`;
}

export function rssDate(at) {
  const own = here(at);
  return `${DAYS[own.getUTCDay()]}, ${at.slice(8, 10)} ${MONTHS[own.getUTCMonth()]} ${at.slice(0, 4)} ${at.slice(11, 19)} ${at.slice(23, 26)}${at.slice(27)}`;
}

export function historyDate(at) {
  return `${MONTHS[at.slice(5, 7) - 1]} <var data-var='date'>${at.slice(8, 10).replace(/^0/, " ")}</var>, <var data-var='time'>${clock(at)}</var> ${zone(at)}`;
}
