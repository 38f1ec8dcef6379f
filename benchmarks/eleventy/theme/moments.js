// Moments as pages show them. Facts have them in the time of the page with its distance from UTC,
// so that no database of zones must be asked; whole hours, so that both have the same minutes.
const TO = "–\u2060"; // no line ends here
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NAMES = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const ZONES = { "+01:00": "CET", "+02:00": "CEST" };

const zone = (at) => ZONES[at.slice(23)];
const clock = (at) => at.slice(11, 16);
const monthOf = (at) => MONTHS[at.slice(5, 7) - 1];
const dayOf = (at) => +at.slice(8, 10);
const datetime = (at) => at.slice(0, 16) + at.slice(23);

const weekday = (at) => DAYS[new Date(at.slice(0, 10)).getUTCDay()];

function utcClock(at, utc = new Date(at)) {
  const hour = utc.getUTCHours();
  return `${hour < 10 ? "0" : ""}${hour}${at.slice(13, 16)}`;
}

function day(at) {
  return `${weekday(at)} ${dayOf(at)} ${monthOf(at)} ${at.slice(0, 4)}`;
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
  return `<time datetime="${datetime(at)}">${here} ${zone(at)} (${weekdayBeside(utc, dayOf(at))}${utcClock(at, utc)} UTC)</time>`;
}

export function period(facts) {
  const { is_within_day, started, resolved } = facts;
  return is_within_day
    ? within(facts, `${day(started)}, ${clock(started)}`)
    : `<span class="window">${moment(started)} to ${moment(resolved)}</span>`;
}

// A period beside which its day stands already.
export function hours(facts) {
  return facts.is_within_day ? within(facts, clock(facts.started)) : period(facts);
}

function within({ started, resolved }, begin) {
  const [from, until] = [new Date(started), new Date(resolved)];
  const utc = `${weekdayBeside(from, dayOf(started))}${utcClock(started)}${TO}${weekdayBeside(until, from.getUTCDate())}${utcClock(resolved)} UTC`;
  return `<span class="window"><time datetime="${datetime(started)}">${begin}</time>${TO}<time datetime="${datetime(resolved)}">${clock(resolved)}</time> ${zone(resolved)} (${utc})</span>`;
}

function weekdayBeside(utc, day) {
  return utc.getUTCDate() === day ? "" : `${DAYS[utc.getUTCDay()]} `;
}

export function monthName(month) {
  return `${NAMES[month.slice(5) - 1]} ${month.slice(0, 4)}`;
}

export function rssDate(at) {
  return `${weekday(at)}, ${at.slice(8, 10)} ${monthOf(at)} ${at.slice(0, 4)} ${at.slice(11, 19)} ${at.slice(23, 26)}${at.slice(27)}`;
}

export function historyDate(at) {
  return `${monthOf(at)} <var data-var='date'>${at.slice(8, 10).replace(/^0/, " ")}</var>, <var data-var='time'>${clock(at)}</var> ${zone(at)}`;
}
