// Random campaigns lived through at random: whatever the core decides, verify agrees with it, and
// its books end where the core's do.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../src/base/keystream.ts";
import type { CampaignDefinition, CapDefinition } from "../src/core/definition.ts";
import { UnitLedger } from "../src/core/ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../src/core/unit-campaign.fixture.ts";
import { createMemoryJournal } from "../src/journal/memory-journal.ts";
import type { Journal } from "../src/journal/port.ts";
import { type VerifyReport, verifyRecords } from "../src/journal/verify/verify.ts";

const RUNS = 1000;
const STEPS = 40;
const NEVER = [
  "beacons",
  "checkpoints",
  "compensation",
  "covers",
  "draws",
  "entries",
  "invites",
  "letIn",
  "lists",
  "packets",
  "signatures",
  "totals",
  "winners",
];

function pick<T>(stream: RandomStream, list: readonly T[]): T {
  return list[stream.nextInt(list.length)]!;
}

function someCap(stream: RandomStream, i: number): CapDefinition {
  const dimensions = ["campaign", "wave", "offer", "user", "device", "shop", "offer:card"];
  const counts = pick(stream, ["money", "grants"] as const);
  return cap({
    id: `cap-${i}`,
    dimension: pick(stream, dimensions),
    counts,
    per: pick(stream, ["total", "day", "hour", "minute"] as const),
    limit: counts === "money" ? 10 * (1 + stream.nextInt(12)) : 1 + stream.nextInt(6),
    on: pick(stream, ["claim", "claim", "redemption"] as const),
    refund: stream.nextInt(3) > 0,
    missing: pick(stream, ["refuse", "shared", "skip"] as const),
  });
}

/** The only wave, let out within its first days. */
function paced(stream: RandomStream): CapDefinition {
  const [first, second] = [stream.nextInt(3) * HOUR_MS, DAY_MS * (1 + stream.nextInt(5))];
  const points = [
    { atMs: first, share: stream.nextInt(3) / 4 },
    { atMs: first + HOUR_MS, share: 0.5 },
    { atMs: first + second, share: 1 },
  ];
  const money = { dimension: "wave:all", counts: "money", limit: 200, refund: false } as const;
  const curve = { points, unused: pick(stream, ["now", "spread"] as const) };
  return cap({ id: "wave-pacing:all", ...money, curve });
}

function someCampaign(stream: RandomStream): Partial<CampaignDefinition> {
  const { assignment, offers } = DEFINITION;
  const holdoutShare = pick(stream, [0, 0.3]);
  return {
    budgetMinor: 50 + stream.nextInt(400),
    settlingLagMs: pick(stream, [0, 1, DAY_MS]),
    caps: [
      ...Array.from({ length: stream.nextInt(5) }, (_, i) => someCap(stream, i)),
      ...(stream.nextInt(2) === 0 ? [] : [paced(stream)]),
    ],
    releaseGraceMs: pick(stream, [0, 60_000, DAY_MS, 3 * DAY_MS]),
    assignment: {
      ...assignment,
      holdoutShare,
      variants: [
        { id: "a", share: 0.5 },
        { id: "b", share: 0.5 },
      ],
    },
    audiences: [{ id: "known", holdoutShare: 0.5, salt: assignment.salt }],
    offers: offers.map((offer, i) => ({
      ...offer,
      audience: i === 0 && stream.nextInt(4) === 0 ? 0 : null,
    })),
  };
}

/** One random step; times go on by nothing, a minute, an hour, a day. */
function step(ledger: UnitLedger, stream: RandomStream, i: number): void {
  ledger.atMs += pick(stream, [0, 0, 0, 1, 60_000, HOUR_MS, HOUR_MS, DAY_MS / 2]);
  const id = `id-${stream.nextInt(8) === 0 ? stream.nextInt(i + 1) : i}`;
  const grant = stream.nextInt(ledger.campaign.grantCount + 1);
  const given = (name: string): { [key: string]: string } =>
    stream.nextInt(3) === 0 ? {} : { [name]: `${stream.nextInt(2)}` };
  const user = `u${stream.nextInt(3)}`;
  switch (stream.nextInt(16)) {
    case 0:
    case 1:
      ledger.redeem({ id, grant, amountMinor: stream.nextInt(8), ...given("shop") });
      return;
    case 2:
      ledger.redeem({ id, grant, ...given("shop"), ...given("device") });
      return;
    case 3:
      ledger.cancel({ id, grant });
      return;
    case 4:
    case 5:
      ledger.reverse({ id, redemption: `id-${stream.nextInt(i + 1)}` });
      return;
    case 6:
      ledger.sweep(1 + stream.nextInt(4));
      return;
    case 7:
      if (i > 30) ledger.phase(pick(stream, ["pause", "resume", "end", "close"] as const));
      else ledger.offers(user);
      return;
    case 8:
      ledger.assign(user);
      return;
    case 9:
      revise(ledger, stream);
      return;
    case 10:
    case 11: {
      const steps = ["hold", "hold", "release", "extend", "extend", "clawback", "repay"] as const;
      const step = pick(stream, steps);
      const paidAtMs = ledger.atMs + stream.nextInt(3 * DAY_MS);
      ledger.suspect(step, {
        ...{ id, grant },
        amountMinor: step === "repay" ? 1 + stream.nextInt(6) : 0,
        ...(step === "extend" ? { paidAtMs } : {}),
      });
      return;
    }
    default:
      ledger.claim({ id, user, offer: stream.nextInt(2), ...given("device"), ...given("shop") });
  }
}

/** Another budget, other limits, a new cap, another expiry, for those to come or for all. */
function revise(ledger: UnitLedger, stream: RandomStream): void {
  const { definition, books } = ledger.campaign;
  const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = books;
  const bound = spentMinor + reservedMinor + settlingMinor + returnedMinor;
  const caps = definition.caps.map((one) => {
    const curve = one.curve === undefined || stream.nextInt(2) === 0 ? {} : paced(stream);
    return { ...one, ...curve, limit: 1 + stream.nextInt(80) };
  });
  const moved: number[] = [];
  const offers = definition.offers.map((offer, i) => {
    const later = stream.nextInt(3) * HOUR_MS;
    const { expiry } = offer;
    if (later === 0) return offer;
    if (stream.nextInt(2) === 0) moved.push(i);
    const sooner = moved.includes(i) ? later : -later / 2;
    const atMs = expiry.kind === "at" ? expiry.atMs + later : 0;
    return {
      ...offer,
      expiry:
        expiry.kind === "at"
          ? { kind: "at" as const, atMs }
          : { kind: "after" as const, afterMs: Math.max(1, expiry.afterMs + sooner) },
    };
  });
  ledger.revise(
    {
      budgetMinor: bound + stream.nextInt(200),
      caps: caps.length < 7 ? [...caps, someCap(stream, caps.length)] : caps,
      offers,
    },
    moved,
  );
}

async function append(journal: Journal, { out }: UnitLedger): Promise<void> {
  if (out.length === 0) return;
  const payload = new Uint8Array(out.words.buffer, 0, 4 * out.length);
  const blindingSeed = new Uint8Array(16);
  await journal.append({ atMs: out.baseAtMs, eventCount: out.count, payload, blindingSeed });
}

async function live(seed: number): Promise<{ ledger: UnitLedger; report: VerifyReport }> {
  const stream = randomStream(seed, "verify at random");
  const journal = createMemoryJournal({ ledgerId: "random" });
  const ledger = new UnitLedger(someCampaign(stream), pick(stream, [2, 8, 32]));
  await append(journal, ledger);
  for (let i = 0; i < STEPS; i++) {
    step(ledger, stream, i);
    await append(journal, ledger);
  }
  return { ledger, report: await verifyRecords(journal.read(), { ledgerId: "random" }) };
}

describe("verify", () => {
  it("agrees with the core on random campaigns", async () => {
    const made: Record<string, number> = {};
    for (let seed = 1; seed <= RUNS; seed++) {
      const { ledger, report } = await live(seed);
      expect(report.problems, `seed ${seed}`).toEqual([]);
      const { books, counts } = ledger.campaign;
      expect(report.campaigns[0], `seed ${seed}`).toMatchObject({ ...books, ...counts });
      const { suspicion } = ledger.campaign;
      const told = { ...suspicion.books, ...suspicion.counts };
      expect(report.campaigns[0], `seed ${seed}`).toMatchObject(told);
      for (const { name, count } of report.checks) made[name] = (made[name] ?? 0) + count;
    }
    // Control: the runs came by everything but what a unit ledger has not.
    const never = Object.keys(made).filter((name) => made[name] === 0);
    expect(never.sort()).toEqual(NEVER);
    expect(made.refunds).toBeGreaterThan(RUNS);
    expect(made.settlements).toBeGreaterThan(RUNS / 10);
  });
});
