// What verify found: how often each check was made, and every place where the journal is not what
// it must be, in words. The list is bounded; the count is not.

/** Each check, with what it states; reports list them in this order. */
export const VERIFY_CHECKS = {
  records: "records follow each other in sequence, time, epoch and hash chain",
  events: "events are of a known kind and length, in order of time, as many as each record says",
  openings: "opening events commit to seed and pseudonyms and state a campaign that adds up",
  revisions: "revisions count up, change only what may change, and revive no grant",
  phases: "pauses, resumptions, ends and closes come in a possible order",
  ids: "ids of whatever moves or holds money are bound once",
  identities: "one ordinal stands for one user or attribute value, always the same",
  arms: "arms are given once, and are the hash of salt and pseudonym where they should be",
  exposures: "exposure is recorded once, with or before the first thing granted or withheld",
  probabilities: "the probability of an arm is that of the shares in force when it was given",
  letIn: "only who was let in by the hash and the share in force has any part, and it only grows",
  moments: "claims come within campaign, wave, phase and audience",
  lists: "lists of users are those of the definition, each import another one",
  holdout: "nothing is granted to the held-out, and what they would have got is right",
  amounts: "fixed amounts are those of the definition",
  drawCounters: "draws of a user count up by one, and none is given back",
  beacons: "a promised round was ahead at the opening, is the chain's own, and comes before luck",
  draws: "lucky amounts are those that the committed seed draws",
  packets: "packets of split pots go out in order, each held once, and come back whole",
  entries: "entries of draws come in time, no more than a user may have, none of the held-out",
  winners: "winners stand at the places that the committed seed draws, and get the next prize",
  invites: "an acceptance rewards both sides, by an open code, nobody twice or in a circle",
  compensation:
    "what is made good belongs to a stated batch, a loser of a grant, once a lost grant",
  charges: "charges name exactly the cells that the definition's caps demand",
  limits: "no charge leaves a cell above its limit",
  pacing: "no wave gets ahead of its curve, which goes on with what came back and nothing else",
  refunds: "what comes back is what was charged, once, into open windows only",
  rehearsals: "grants of a rehearsal say so, those of no other do, and none is redeemed",
  money: "spent + reserved + settling + free = budget after the event, none of them below zero",
  transitions: "grants and redemptions change state only as they may, in time, by the right amount",
  suspicions: "holds, releases and claw-backs come in a possible order, and return the right sums",
  blocks: "nobody who is blocked gets anything, and caps block only who asked beyond them",
  covers: "what no reward could pay is borne by the contingency line, then a loss, for a reason",
  sweeps: "the expiry cursors move on and leave nothing live behind",
  settlements: "expired money is free again only after its lag, each amount once",
  checkpoints: "checkpoints sign exactly the records that stand here",
  signatures: "checkpoints are signed by the log's key, or one that it announced",
  merchants: "what was spent with each merchant is never below zero, and adds up to what was spent",
  totals: "totals in the journal are those that the events add up to",
} as const;

export type VerifyCheck = keyof typeof VERIFY_CHECKS;

export interface VerifyProblem {
  sequence: number;
  /** Of the event within its record, from 0; -1: the record itself. */
  index: number;
  /** The kind of the event, or "record". */
  event: string;
  campaign: string | null;
  check: VerifyCheck;
  expected: string;
  found: string;
}

export class Findings {
  readonly problems: VerifyProblem[] = [];
  /** All of them, also those beyond the bound. */
  problemCount = 0;
  /** How often each check was made, and how often it failed. */
  readonly counts: Record<VerifyCheck, number> = zeros();
  readonly wrongs: Record<VerifyCheck, number> = zeros();
  sequence = 0;
  index = -1;
  event = "record";
  campaign: string | null = null;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** Counts a check that was made. */
  made(check: VerifyCheck): void {
    this.counts[check] += 1;
  }

  /** Notes that the journal is wrong here. */
  wrong(check: VerifyCheck, expected: string, found: string): void {
    const { sequence, index, event, campaign } = this;
    this.wrongAt(check, { sequence, index, event, campaign }, expected, found);
  }

  /** Notes that the journal is wrong at another place than the present one. */
  wrongAt(
    check: VerifyCheck,
    where: Pick<VerifyProblem, "sequence" | "index" | "event" | "campaign">,
    expected: string,
    found: string,
  ): void {
    this.problemCount += 1;
    this.wrongs[check] += 1;
    // The first one of each check is told, however many others came before it.
    if (this.problems.length >= this.most && this.wrongs[check] > 1) return;
    this.problems.push({ ...where, check, expected, found });
  }

  /** Counts the check and notes a problem unless two numbers agree. True when they do. */
  same(check: VerifyCheck, what: string, expected: number, found: number): boolean {
    this.made(check);
    if (expected === found) return true;
    this.wrong(check, `${what} ${expected}`, `${found}`);
    return false;
  }
}

function zeros(): Record<VerifyCheck, number> {
  const names = Object.keys(VERIFY_CHECKS) as VerifyCheck[];
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<VerifyCheck, number>;
}
