// Small spaces are enumerated, not sampled: every sequence of at most six commands of two users on
// a budget of two, each answer and each state held against the auditor's.
//
// Sequences that must end alike are tried once: who comes first is called "a"; and a command that
// changed nothing is not gone on from, since whatever follows it was tried without it, at more
// depth.
import { describe, expect, it } from "vitest";
import type { CampaignDefinition, InviteDefinition } from "../src/core/definition.ts";
import type { Ask } from "./simulation/asks.ts";
import { CoreRun, namesOf } from "./simulation/core-run.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { potCaps } from "./simulation/some-pot.ts";

const DEPTH = 6;
/** Of invites, whose commands are more. */
const INVITE_DEPTH = 5;
/**
 * One in so many of the longest sequences is replayed, too: properties.test.ts replays them all.
 */
const REPLAYED = 16;
const CAMPAIGN = "drill";
const EXPIRES_MS = HOUR_MS;
/** The instants that time moves to, one after the other. */
const INSTANTS = [0, EXPIRES_MS - 1, EXPIRES_MS, 2 * HOUR_MS, 3 * HOUR_MS];

interface Step {
  ask: Ask;
  instant: number;
}

function twoOf(amountMinor: number, more: Partial<CampaignDefinition>): CampaignDefinition {
  const plain = plainCampaign({ budgetMinor: 2, settlingLagMs: HOUR_MS, ...more });
  const reward = { kind: "fixed", amountMinor } as const;
  const expiry = { kind: "after", afterMs: EXPIRES_MS } as const;
  return { ...plain, offers: [{ ...plain.offers[0]!, reward, expiry }] };
}

/** One packet of two: what is given back goes out again. */
function potOfOne(): CampaignDefinition {
  const plain = twoOf(1, {});
  const reward = { kind: "pot", totalMinor: 2, packets: 1, minMinor: 1, maxMinor: 2 } as const;
  const offers = [{ ...plain.offers[0]!, reward }];
  return { ...plain, offers, caps: potCaps(offers) };
}

/** Everything that can be asked now; ids are minted by position, so that none repeats unasked. */
function commands(run: CoreRun, step: number): Ask[] {
  const { grants, ids, redemptions } = run.auditor.books;
  const claim = (user: string, id = `c${step}`): Ask => {
    return { op: "claim", campaign: CAMPAIGN, input: { id, user, offer: "card" } };
  };
  const asks: Ask[] = [claim("a")];
  if (grants.length > 0) asks.push(claim("b"));
  const named = [...ids.entries()];
  const first = named.find(([, bound]) => bound.op === "claim")?.[0];
  if (first !== undefined) asks.push(claim("a", first), claim("b", first));
  for (const ordinal of grants.keys()) {
    const grant = run.grant(ordinal);
    const redeem = (more: object, id = `r${step}`): Ask => {
      return { op: "redeem", campaign: CAMPAIGN, input: { id, grant, ...more } };
    };
    asks.push(redeem({ amountMinor: 1 }), redeem({}), redeem({ amountMinor: 3 }));
    asks.push({ op: "cancel", campaign: CAMPAIGN, input: { id: `x${step}`, grant } });
    const last = named.findLast(([, bound]) => bound.op === "redeem")?.[0];
    if (last !== undefined) asks.push(redeem({ amountMinor: 1 }, last), redeem({}, last));
  }
  const redeemed = named.filter(([, bound]) => bound.op === "redeem").map(([id]) => id);
  for (const redemption of redeemed.slice(0, redemptions.length)) {
    asks.push({ op: "reverse", campaign: CAMPAIGN, input: { id: `v${step}`, redemption } });
  }
  return [...asks, { op: "sweep", campaign: CAMPAIGN }];
}

type Commands = typeof commands;

/**
 * Codes and acceptances of three users, of whom c is held out: of one's own code and of others',
 * again under the same id, late, in a circle, and after the reward was cancelled.
 */
function inviteCommands(run: CoreRun, step: number): Ask[] {
  const { grants, ids, invites } = run.auditor.books;
  const users = ["a", "b", "c"];
  const variantOf = (user: string): string => (user === "c" ? "holdout" : "treated");
  const create = (user: string): Ask => {
    const input = { id: `n${step}`, user, invite: "tea", variant: variantOf(user) };
    return { op: "invite.create", campaign: CAMPAIGN, input };
  };
  const accept = (user: string, code: number, id = `k${step}`): Ask => {
    const text = run.names.inviteCodes.write(code).code;
    const input = { id, user, code: text, variant: variantOf(user) };
    return { op: "invite.accept", campaign: CAMPAIGN, input };
  };
  const asks = users.slice(0, invites.codes.length === 0 ? 1 : 3).map(create);
  for (const code of invites.codes.keys()) asks.push(...users.map((user) => accept(user, code)));
  const first = [...ids.entries()].find(([, bound]) => bound.op === "invite.accept")?.[0];
  if (first !== undefined) asks.push(accept("b", 0, first), accept("a", 0, first));
  if (grants.length > 0) {
    const input = { id: `x${step}`, grant: run.grant(grants.length - 1) };
    asks.push({ op: "cancel", campaign: CAMPAIGN, input });
  }
  return [...asks, { op: "sweep", campaign: CAMPAIGN }];
}

/** Invites on a budget of four, or with caps that hold one acceptance, which is two grants. */
function invited(more: Partial<CampaignDefinition>): CampaignDefinition {
  const plain = twoOf(1, {});
  const invites: InviteDefinition[] = [
    {
      ...{ id: "tea", inviterOffer: 0, invitedOffer: 0, fromMs: START_MS, uses: 2 },
      ...{ toMs: START_MS + DAY_MS, openMs: EXPIRES_MS, accepts: "anyone" },
    },
  ];
  const assignment = { ...plain.assignment, source: "given" as const };
  return { ...plain, assignment, invites, budgetMinor: 4, ...more };
}

interface Tally {
  sequences: number;
  answers: number;
}

function explore(definition: CampaignDefinition, asksOf: Commands, depth: number): Tally {
  const names = namesOf(definition);
  const tally = { sequences: 0, answers: 0 };
  const rebuild = (past: readonly Step[]): CoreRun => {
    const run = new CoreRun(definition, names);
    for (const { ask, instant } of past) run.redo(ask, START_MS + INSTANTS[instant]!);
    return run;
  };
  const visit = (past: readonly Step[], instant: number): void => {
    tally.sequences += 1;
    // Moving on in time is a command, too.
    if (past.length + 1 < depth && instant + 1 < INSTANTS.length) visit(past, instant + 1);
    let run = rebuild(past);
    for (const ask of asksOf(run, past.length)) {
      tally.answers += 1;
      const { wrote } = run.ask(ask, START_MS + INSTANTS[instant]!);
      if (!wrote) continue;
      if (past.length + 1 < depth) visit([...past, { ask, instant }], instant);
      else if (tally.answers % REPLAYED === 0) run.replay();
      run = rebuild(past);
    }
    run.audit(START_MS + INSTANTS[instant]!);
  };
  visit([], 0);
  return tally;
}

describe("every sequence of at most six commands, two users, a budget of two", () => {
  const hourly = cap({ dimension: "campaign", counts: "money", per: "hour", limit: 2 });
  const cases: [string, CampaignDefinition, Tally][] = [
    [
      "two grants of one, one a user",
      twoOf(1, { caps: [cap()] }),
      { sequences: 14_791, answers: 262_404 },
    ],
    [
      "one grant of two, a cap an hour",
      twoOf(2, { caps: [hourly] }),
      { sequences: 10_059, answers: 135_365 },
    ],
    ["a pot of one packet", potOfOne(), { sequences: 10_059, answers: 135_365 }],
  ];
  it.each(cases)(
    "is answered as foretold: %s",
    (name, definition, expected) => {
      const tally = explore(definition, commands, DEPTH);
      expect(tally, name).toEqual(expected);
    },
    240_000,
  );
});

describe("every sequence of at most five commands of invites, three users, one held out", () => {
  const cases: [string, CampaignDefinition, Tally][] = [
    ["money for two acceptances", invited({}), { sequences: 3676, answers: 46_026 }],
    [
      "a budget with one reward left",
      invited({ budgetMinor: 3 }),
      { sequences: 3705, answers: 46_316 },
    ],
    [
      "a cap that has one place left beside the pair",
      invited({ caps: [cap({ dimension: "campaign", limit: 3, refund: true })] }),
      { sequences: 3705, answers: 46_316 },
    ],
    [
      "one acceptance an inviter",
      invited({ caps: [cap({ id: "own", dimension: "inviter:tea", limit: 1, refund: false })] }),
      { sequences: 3705, answers: 46_316 },
    ],
  ];
  it.each(cases)(
    "is answered as foretold: %s",
    (name, definition, expected) => {
      expect(explore(definition, inviteCommands, INVITE_DEPTH), name).toEqual(expected);
    },
    240_000,
  );
});
