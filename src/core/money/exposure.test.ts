import { describe, expect, it } from "vitest";
import type { CampaignDefinition } from "../definition.ts";
import { GRANTED, HEAD, readWide } from "../event.ts";
import { eventFields } from "../event-view.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION } from "../unit-campaign.fixture.ts";

const HOLD_ALL = { ...DEFINITION.assignment, holdoutShare: 1 };
const { salt } = DEFINITION.assignment;

/** The events of the last step in names and numbers. */
function seen({ out, campaign }: UnitLedger): Record<string, unknown>[] {
  const list: Record<string, unknown>[] = [];
  for (let at = 0; at < out.length; at += out.words[at + HEAD.kind]! >>> 16) {
    list.push(eventFields(out.words, at, out.baseAtMs, [campaign.definition]));
  }
  return list;
}

/** What a claim says of exposure: null, where no event says anything. */
function exposes(ledger: UnitLedger, id: string): unknown {
  ledger.claim({ id, user: "u" });
  return seen(ledger).at(-1)?.exposes ?? null;
}

describe("the first exposure", () => {
  const arms = [
    ["treated", DEFINITION.assignment],
    ["held out", HOLD_ALL],
  ] as const;

  it.each(arms)("of a %s user is the first claim that is granted, or would be", (_, assignment) => {
    const ledger = new UnitLedger({ assignment, waves: [wave(DAY_MS)], budgetMinor: 5 });
    expect(exposes(ledger, "a")).not.toBe(true); // the budget leaves nothing
    ledger.revise({ budgetMinor: 100 });
    expect([exposes(ledger, "b"), exposes(ledger, "c")]).toEqual([true, false]);
  });

  it.each(arms)("of a %s user is looking, where there is something to see", (_, assignment) => {
    const ledger = new UnitLedger({ assignment, budgetMinor: 9 });
    ledger.offers("u");
    const arm = assignment === HOLD_ALL ? "holdout" : "treated";
    expect(seen(ledger)[1]).toMatchObject({
      ...{ type: "exposed", exposedBy: "offers", offer: "envelope", arm },
    });
    ledger.revise({ budgetMinor: 100 });
    expect(exposes(ledger, "a")).toBe(false);
  });
});

describe("the probability of an arm", () => {
  const variants = [
    { id: "small", share: 0.25 },
    { id: "large", share: 0.75 },
  ];

  function probabilityOf(more: Partial<CampaignDefinition>, user = "u"): unknown {
    const ledger = new UnitLedger(more);
    ledger.claim({ id: "a", user });
    return seen(ledger)[0]!.probability;
  }

  it("is what the shares say of it", () => {
    const assignment = { ...DEFINITION.assignment, variants, holdoutShare: 0.2 };
    const found = Array.from({ length: 40 }, (_, i) => probabilityOf({ assignment }, `u${i}`));
    expect(new Set(found)).toEqual(new Set([0.2, 0.8 * 0.25, 0.8 * 0.75]));
  });

  it("follows a revision, for users to come", () => {
    const ledger = new UnitLedger({ assignment: HOLD_ALL });
    ledger.claim({ id: "a", user: "u" });
    expect(seen(ledger)[0]).toMatchObject({ arm: "holdout", probability: 1 });
    ledger.revise({ assignment: { ...HOLD_ALL, holdoutShare: 0.5 } });
    ledger.claim({ id: "b", user: "u" });
    expect(ledger.kinds).toEqual(["withheld"]);
    ledger.claim({ id: "c", user: "v" });
    expect(seen(ledger)[0]).toMatchObject({ type: "assigned", probability: 0.5 });
  });

  it("is the audience's for its members, and not known where the caller gives arms", () => {
    const audiences = [{ id: "half", holdoutShare: 0.5, salt }];
    const ledger = new UnitLedger({ audiences });
    ledger.assign("u");
    expect(seen(ledger)[0]).toMatchObject({ audience: "half", probability: 0.5 });
    const given = { ...DEFINITION.assignment, source: "given" } as const;
    const told = new UnitLedger({ assignment: given });
    told.claim({ id: "a", user: "u", arm: 1 });
    expect(seen(told)[0]).toMatchObject({ by: "given", probability: null });
  });
});

describe("a table", () => {
  it("is drawn on by the held-out as by the treated: never the first prize again", () => {
    const drawnBy = (assignment: CampaignDefinition["assignment"]): number[] => {
      const ledger = new UnitLedger({ assignment, budgetMinor: 10_000 });
      return Array.from({ length: 12 }, (_, i) => {
        ledger.claim({ id: `c${i}`, user: "u", offer: 1 });
        return readWide(ledger.out.words, lastEvent(ledger) + GRANTED.amount);
      });
    };
    const held = drawnBy(HOLD_ALL);
    expect(new Set(held)).toEqual(new Set([1, 50]));
    expect(held).toEqual(drawnBy(DEFINITION.assignment));
  });

  it("counts no draw of the held-out that would have been refused", () => {
    const caps = [cap({ id: "none", limit: 0 })];
    const ledger = new UnitLedger({ assignment: HOLD_ALL, caps });
    ledger.claim({ id: "a", user: "u", offer: 1 });
    expect(ledger.campaign.draws[1]!.get(0)).toBe(0);
  });
});

function wave(toMs: number): CampaignDefinition["waves"][number] {
  return { id: "all", fromMs: 0, toMs, budgetMinor: null };
}

function lastEvent({ out }: UnitLedger): number {
  let at = 0;
  while (at + (out.words[at]! >>> 16) < out.length) at += out.words[at]! >>> 16;
  return at;
}
