// Whose history an event belongs to: that of one grant, or that of its campaign. Granting itself is
// not listed, since the state knows when each grant was made; nor is what a crowd does.
import { EVENT_KINDS, type EventKind, HEAD } from "./event.ts";

/** In place of a grant's ordinal: the event is of the campaign as a whole. */
export const CAMPAIGN_ITSELF = 0xffff_ffff;

const OF_A_GRANT: readonly EventKind[] = [
  "redeemed",
  "cancelled",
  "expired",
  "reversed",
  "packet_returned",
  "held",
  "released",
  "extended",
  "clawed_back",
  "receivable_settled",
  "contingency",
  "loss",
];

/** In the order in which the contract lists them. */
export const OF_A_CAMPAIGN = [
  "opened",
  "paused",
  "resumed",
  "ended",
  "closed",
  "proposed",
  "rejected",
  "revised",
  "beacon",
  "listed",
  "draw_closed",
  "compensated",
] as const;

const [NOBODY, GRANT, CAMPAIGN] = [0, 1, 2];
const WHOSE = new Uint8Array(256);
for (const kind of OF_A_GRANT) WHOSE[EVENT_KINDS[kind]] = GRANT!;
for (const kind of OF_A_CAMPAIGN) WHOSE[EVENT_KINDS[kind]] = CAMPAIGN!;

/** The ordinal of the grant whose history the event at words[at] belongs to; -1: nobody's. */
export function touchedBy(words: Uint32Array, at: number): number {
  const whose = WHOSE[words[at + HEAD.kind]! & 0xff]!;
  if (whose === NOBODY) return -1;
  // All of them name the grant as the first word of their body.
  return whose === CAMPAIGN ? CAMPAIGN_ITSELF : words[at + HEAD.body]!;
}
