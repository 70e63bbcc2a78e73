// What holds for any campaign and any sequence of commands, searched by fast-check and shrunk to
// the shortest sequence that breaks it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CampaignDefinition, CapDefinition } from "../src/core/definition.ts";
import { violations } from "../src/core/invariants.ts";
import type { Ask } from "./simulation/asks.ts";
import { CoreRun, namesOf } from "./simulation/core-run.ts";
import { cap, DAY_MS, HOUR_MS, plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const RUNS = { numRuns: 300 };

type Move =
  | { kind: "claim"; id: number; user: number; offer: string; device: number }
  | { kind: "redeem"; id: number; grant: number; amountMinor: number; merchant: number }
  | { kind: "cancel"; id: number; grant: number }
  | { kind: "reverse"; id: number; redemption: number }
  | { kind: "sweep" }
  | { kind: "wait"; ms: number };

const id = fc.nat({ max: 11 });
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("claim" as const),
        id,
        user: fc.nat({ max: 2 }),
        offer: fc.constantFrom("card", "luck"),
        device: fc.nat({ max: 2 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("redeem" as const),
        id,
        grant: fc.nat({ max: 3 }),
        amountMinor: fc.constantFrom(0, 1, 5, 9, 10, 11),
        merchant: fc.nat({ max: 1 }),
      }),
    },
    fc.record({ kind: fc.constant("cancel" as const), id, grant: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant("reverse" as const), id, redemption: id }),
    fc.record({ kind: fc.constant("sweep" as const) }),
    fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 60_000, HOUR_MS, DAY_MS - 1, DAY_MS),
    }),
  ),
  { maxLength: 30 },
);

const caps: fc.Arbitrary<CapDefinition> = fc.record({
  id: fc.constant("cap"),
  dimension: fc.constantFrom("campaign", "wave", "offer", "user", "device", "offer:card"),
  counts: fc.constantFrom("money" as const, "grants" as const),
  per: fc.constantFrom("total" as const, "day" as const, "hour" as const, "minute" as const),
  limit: fc.constantFrom(1, 2, 9, 10, 11, 20),
  on: fc.constantFrom("claim" as const, "redemption" as const),
  refund: fc.boolean(),
  missing: fc.constantFrom("refuse" as const, "shared" as const, "skip" as const),
});

const campaigns: fc.Arbitrary<CampaignDefinition> = fc
  .record({
    budgetMinor: fc.constantFrom(1, 10, 19, 20, 45),
    settlingLagMs: fc.constantFrom(0, 1, HOUR_MS, DAY_MS),
    caps: fc.array(caps, { maxLength: 3 }),
  })
  .map((more) => withLuck(plainCampaign(more)));

function withLuck(plain: CampaignDefinition): CampaignDefinition {
  const entries = [
    { amountMinor: 1, odds: 3 },
    { amountMinor: 10, odds: 1 },
  ];
  const card = plain.offers[0]!;
  const luck = { ...card, id: "luck", reward: { kind: "table" as const, entries } };
  const named = plain.caps.map((one, n) => ({ ...one, id: `cap-${n}` }));
  return { ...plain, offers: [card, luck], caps: named };
}

function askOf(run: CoreRun, move: Exclude<Move, { kind: "wait" }>): Ask {
  const campaign = CAMPAIGN;
  switch (move.kind) {
    case "claim": {
      const { user, offer, device } = move;
      const attributes = device === 0 ? {} : { attributes: { device: `d${device}` } };
      return {
        op: "claim",
        campaign,
        input: { id: `i${move.id}`, user: `u${user}`, offer, ...attributes },
      };
    }
    case "redeem": {
      const { amountMinor, merchant } = move;
      const more = {
        ...(amountMinor === 0 ? {} : { amountMinor }),
        ...(merchant === 0 ? {} : { attributes: { merchant: "m", device: "d1" } }),
      };
      const input = { id: `i${move.id}`, grant: run.grant(move.grant), ...more };
      return { op: "redeem", campaign, input };
    }
    case "cancel":
      return { op: "cancel", campaign, input: { id: `i${move.id}`, grant: run.grant(move.grant) } };
    case "reverse":
      return {
        op: "reverse",
        campaign,
        input: { id: `i${move.id}`, redemption: `i${move.redemption}` },
      };
    case "sweep":
      return { op: "sweep", campaign };
  }
}

interface Done {
  ask: Ask;
  answer: object;
}

/** Plays the moves; `each` looks after every one of them. Returns what bound an id. */
function play(
  definition: CampaignDefinition,
  list: readonly Move[],
  each: (run: CoreRun) => void,
): { run: CoreRun; atMs: number; done: Done[] } {
  const run = new CoreRun(definition, namesOf(definition));
  const done: Done[] = [];
  let atMs = START_MS;
  for (const move of list) {
    if (move.kind === "wait") {
      atMs += move.ms;
      continue;
    }
    const ask = askOf(run, move);
    const { answer, wrote } = run.ask(ask, atMs);
    if (wrote && "input" in ask && run.auditor.books.ids.has(ask.input.id)) {
      done.push({ ask, answer });
    }
    each(run);
  }
  return { run, atMs, done };
}

describe("any campaign, any sequence of commands", () => {
  it("conserves money: what was issued is somewhere, and the budget is never exceeded", () => {
    fc.assert(
      fc.property(campaigns, moves, (definition, list) => {
        play(definition, list, ({ state }) => {
          const campaign = state.campaigns[0]!;
          const { books } = campaign;
          const out = books.spentMinor + books.reservedMinor + books.settlingMinor;
          const free = campaign.grantableMinor + books.returnedMinor;
          expect(out + free).toBe(definition.budgetMinor);
          expect(campaign.grantableMinor).toBeGreaterThanOrEqual(0);
          const ended = books.cancelledMinor + books.expiredMinor + books.returnedMinor;
          expect(books.spentMinor + books.reservedMinor + ended).toBe(books.issuedMinor);
        });
      }),
      RUNS,
    );
  });

  it("answers a repeated id as at first, at any time, and nothing happens twice", () => {
    fc.assert(
      fc.property(campaigns, moves, fc.nat({ max: 60 * DAY_MS }), (definition, list, laterMs) => {
        const { run, atMs, done } = play(definition, list, () => {});
        for (const { ask, answer } of done) {
          const again = run.ask(ask, atMs + laterMs);
          expect(again.wrote).toBe(false);
          expect(again.answer).toEqual({ ...answer, replayed: true, atMs: atMs + laterMs });
        }
      }),
      RUNS,
    );
  });

  it("adds up to the same state when its events are applied again", () => {
    fc.assert(
      fc.property(campaigns, moves, (definition, list) => {
        play(definition, list, () => {}).run.replay();
      }),
      RUNS,
    );
  });

  it("leaves no cell of a cap above its limit or below zero", () => {
    fc.assert(
      fc.property(campaigns, moves, (definition, list) => {
        play(definition, list, ({ state }) => expect(violations(state)).toEqual([]));
      }),
      RUNS,
    );
  });
});

describe("any cap", () => {
  it("is reached after exactly what it allows, and says so by name", () => {
    const onClaim = caps.map((one) => ({ ...one, on: "claim" as const }));
    fc.assert(
      fc.property(onClaim, (limit) => {
        const definition = plainCampaign({ budgetMinor: 1000, caps: [limit] });
        const run = new CoreRun(definition, namesOf(definition));
        const allowed = limit.counts === "money" ? Math.floor(limit.limit / 10) : limit.limit;
        for (let n = 0; n <= allowed; n++) {
          const attributes = { device: "d" };
          const input = { id: `c${n}`, user: "u", offer: "card", attributes };
          const { answer } = run.ask({ op: "claim", campaign: CAMPAIGN, input }, START_MS);
          const refused = { status: "cap_reached", cap: "cap" };
          expect(answer).toMatchObject(n < allowed ? { status: "granted" } : refused);
        }
      }),
      RUNS,
    );
  });

  it("of redemptions is reached after exactly what it allows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), (limit) => {
        const money = cap({ dimension: "merchant", counts: "money", limit, on: "redemption" });
        const definition = plainCampaign({ caps: [money] });
        const run = new CoreRun(definition, namesOf(definition));
        const claim = { id: "c", user: "u", offer: "card" };
        run.ask({ op: "claim", campaign: CAMPAIGN, input: claim }, START_MS);
        for (let n = 0; n <= limit; n++) {
          const attributes = { merchant: "m" };
          const input = { id: `r${n}`, grant: run.grant(0), amountMinor: 1, attributes };
          const { answer } = run.ask({ op: "redeem", campaign: CAMPAIGN, input }, START_MS);
          expect(answer.status).toBe(n < limit ? "redeemed" : "cap_reached");
        }
      }),
    );
  });
});
