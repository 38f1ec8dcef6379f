// The file of an incident for programs, written beside its page once all pages are: with a page of
// its own for each (by pagination) a build of a thousand incidents takes a seventh longer.
import { writeFileSync } from "node:fs";
import { URL } from "./page.js";

const PAGE = "uny299e86bqv";

export function writeInterfaces(history, output) {
  for (const page of history.incidents) {
    writeFileSync(`${output}${page.url.slice(1)}api.json`, JSON.stringify(incident(page)));
  }
}

function incident({ url, data: facts, rawInput }) {
  const bodies = rawInput.split("\n\n***\n\n");
  const updated_at = facts.updates[0].at;
  return {
    page: { id: PAGE, name: "Acme", url: URL, time_zone: "Europe/Berlin", updated_at },
    incident: {
      id: facts.code,
      name: facts.title,
      status: facts.status,
      created_at: facts.created,
      updated_at,
      monitoring_at: facts.monitoring,
      resolved_at: facts.resolved,
      impact: facts.impact,
      shortlink: URL + url,
      started_at: facts.started,
      page_id: PAGE,
      incident_updates: facts.updates.map((update, place) => ({
        id: update.id,
        status: update.status,
        body: bodies[place].trim(),
        incident_id: facts.code,
        created_at: update.at,
        updated_at: update.at,
        display_at: update.at,
        affected_components: update.changes.length ? update.changes.map(change) : null,
        deliver_notifications: true,
        custom_tweet: null,
        tweet_id: null,
      })),
      components: facts.components.map((id) => facts.directory[id].api),
      ...(facts.kind === "maintenance" && { scheduled_for: facts.started, scheduled_until: facts.resolved }),
      reminder_intervals: null,
    },
  };
}

const change = ({ code, name, old_status, new_status }) => ({ code, name, old_status, new_status });
