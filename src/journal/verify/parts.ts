// The parts of an acceptance: each must be the very next event, in the same record, for the side
// and the offer that is its turn; and behind them the entries of draws that it earns.
import { ENTERED, GRANTED, PART } from "../../core/event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { EventAttributes } from "./cells.ts";
import type { AwaitedEntry } from "./earned.ts";
import type { Findings } from "./findings.ts";
import type { AwaitedPart } from "./invites.ts";

export class AwaitedParts {
  private readonly parts: (AwaitedPart | AwaitedEntry)[] = [];

  expect(parts: readonly (AwaitedPart | AwaitedEntry)[]): void {
    this.parts.push(...parts);
  }

  /** The part that an event must be, or null where it is whole. */
  take(
    campaign: VerifiedCampaign | null,
    kind: string,
    event: VerifiedEvent,
    findings: Findings,
  ): AwaitedPart | AwaitedEntry | null {
    const isPart = kind === "draw_entered" ? isEarned(event) : isPartOfTwo(kind, event);
    const part = this.parts.shift() ?? null;
    // Of a campaign whose opening was not sound nothing is judged.
    if (part === null && (!isPart || campaign === null)) return null;
    if (part !== null && isPart && part.campaign === campaign && part.kind === kind) return part;
    this.parts.length = 0;
    const expected = part === null ? "no part without an acceptance" : `${part.kind} as its part`;
    findings.wrong("invites", expected, isPart ? `${kind} as a part` : kind);
    return null;
  }

  /** No acceptance reaches into the next record. */
  endOfRecord(findings: Findings): void {
    if (this.parts.length === 0) return;
    const left = this.parts.length;
    this.parts.length = 0;
    findings.wrong("invites", `${left} more parts of an acceptance`, "the end of the record");
  }
}

function isPartOfTwo(kind: string, { flags }: VerifiedEvent): boolean {
  return (kind === "granted" || kind === "withheld") && (flags & PART) !== 0;
}

/** Whether an entry says that nobody asked for it. */
function isEarned({ words, at, size }: VerifiedEvent): boolean {
  return size > ENTERED.draw && words[at + ENTERED.draw]! >>> 16 === 2;
}

/** Whether a granted or withheld event is the part that its acceptance announced. */
export function checkPart(
  part: AwaitedPart,
  { words, at }: VerifiedEvent,
  findings: Findings,
): void {
  findings.counts.invites += 1;
  const user = words[at + GRANTED.user]!;
  const offer = words[at + GRANTED.offer]! & 0xffff;
  if (user !== part.user || offer !== part.offer) {
    const expected = `offer ${part.offer} for user ${part.user}`;
    findings.wrong("invites", expected, `offer ${offer} for user ${user}`);
  }
  if (part.bound.some((word, i) => words[at + GRANTED.id + i] !== word)) {
    findings.wrong("invites", "the id of its acceptance", "another id");
  }
}

/** Whether an inviter's attributes are those that came with his code. */
export function checkInviter(
  part: AwaitedPart,
  found: EventAttributes,
  amountMinor: number,
  findings: Findings,
): void {
  const { inviter } = part;
  if (inviter === null) return;
  findings.same("invites", "the inviter's amount", inviter.amountMinor, amountMinor);
  inviter.attributes.given.forEach((given, attribute) => {
    const isFound = found.given[attribute] === true;
    const same = !given || found.rows[attribute] === inviter.attributes.rows[attribute];
    if (isFound === given && same) return;
    findings.wrong("invites", "the attributes that came with the code", `others`);
  });
}
