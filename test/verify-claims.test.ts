// verify finds every kind of fraud in grants and arms, although each forged journal has right
// checksums and an unbroken chain.
import { describe, it } from "vitest";
import { EXPOSED_EVENT, STATED_ASSIGNED } from "../src/core/assignment/exposure-event.ts";
import { ASSIGNED, DRAWS, EVENT_KINDS, EXPOSES, GRANTED } from "../src/core/event.ts";
import { expectFound } from "./verify/expect-found.ts";
import { spliced } from "./verify/forge.ts";

const offerOf = (event: Uint32Array): number => event[GRANTED.offer]! & 0xffff;
const isCard = (event: Uint32Array): boolean => offerOf(event) === 0;
const isLuck = (event: Uint32Array): boolean => offerOf(event) === 1;
const attributesOf = (event: Uint32Array): number => event[GRANTED.counts]! & 0xff;
const cellsAt = (event: Uint32Array): number => GRANTED.rest + 6 * attributesOf(event);

describe("verify finds forged grants:", () => {
  it("a fixed amount that is not the definition's", () =>
    expectFound("amounts", "granted", (forgery) => {
      forgery.event("granted", 0, isCard)[GRANTED.amount]! += 1;
    }));

  it("a lucky amount that the seed does not draw", () =>
    expectFound("draws", "granted", (forgery) => {
      const event = forgery.event("granted", 2, isLuck);
      event[GRANTED.amount] = event[GRANTED.amount] === 8800 ? 288 : 8800;
    }));

  it("a lucky amount that a held-out user would not have got", () =>
    expectFound("draws", "withheld", (forgery) => {
      forgery.event("withheld", 0, isLuck)[GRANTED.amount]! += 1;
    }));

  it("a draw counter that was given back", () =>
    expectFound("drawCounters", "granted", (forgery) => {
      forgery.event("granted", 0, (event) => event[GRANTED.draw]! === 2)[GRANTED.draw] = 1;
    }));

  it("the cell of a cap left out", () =>
    expectFound("charges", "granted", (forgery) => {
      const event = forgery.event("granted", 3);
      const short = spliced(event, cellsAt(event), 2);
      short[GRANTED.counts]! -= 1 << 8;
      forgery.replace(event, short);
    }));

  it("a charge in another window", () =>
    expectFound("charges", "granted", (forgery) => {
      const event = forgery.event("granted", 3);
      event[cellsAt(event)]! += 1;
    }));

  it("a charge to another user's cell", () =>
    expectFound("charges", "granted", (forgery) => {
      const event = forgery.event("granted", 3);
      event[cellsAt(event) + 2 * 3 + 1]! += 1;
    }));

  it("a cap above its limit", () =>
    expectFound("limits", "granted", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.caps.find((cap) => cap.id === "user-grants")!.limit = 1;
      });
    }));

  it("more than the budget", () =>
    expectFound("money", "granted", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.budgetMinor = 20_000;
      });
    }));

  it("a grant after the end of the campaign", () =>
    expectFound("moments", "granted", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.endsAtMs = Date.parse("2026-03-31T00:00:00+02:00");
      });
    }));

  it("a grant outside its wave", () =>
    expectFound("moments", "granted", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.waves[1]!.fromMs = Date.parse("2026-04-02T00:00:00+02:00");
      });
    }));

  it("a grant while the campaign pauses", () =>
    expectFound("moments", "granted", (forgery) => {
      forgery.replace(forgery.event("resumed"));
    }));

  it("a grant to the held-out", () =>
    expectFound("holdout", "granted", (forgery) => {
      const event = forgery.event("withheld", 0, isCard);
      event[0] = (event[0]! & 0xffffff00) | EVENT_KINDS.granted;
      event[GRANTED.offer]! |= 1 << 16;
    }));

  it("a grant to somebody outside the audience", () =>
    expectFound("moments", "granted", (forgery) => {
      forgery.reopen((opening) => {
        opening.definition.offers[3]!.audience = 0;
      });
    }));

  it("an attribute value under the ordinal of another", () =>
    expectFound("identities", "granted", (forgery) => {
      forgery.event("granted", 5)[GRANTED.rest + 1]! += 1;
    }));

  it("a user under the ordinal of another", () =>
    expectFound("identities", "granted", (forgery) => {
      forgery.event("granted", 5)[GRANTED.user]! -= 1;
    }));

  it("a pseudonym that was never assigned", () =>
    expectFound("identities", "granted", (forgery) => {
      forgery.event("granted", 5)[GRANTED.userKey]! ^= 1;
    }));

  it("an attribute left out that a cap demands", () =>
    expectFound("charges", "granted", (forgery) => {
      const event = forgery.event("granted", 3);
      const short = spliced(event, GRANTED.rest, 6);
      short[GRANTED.counts]! -= 1;
      forgery.replace(event, short);
    }));

  it("a lower chance of the highest amount than was announced", () =>
    expectFound("draws", "granted", (forgery) => {
      forgery.reopen(({ definition }) => {
        const { reward } = definition.offers[1]!;
        if (reward.kind === "table") reward.entries[1]!.odds = 30;
      });
    }));

  it("a claim of the held-out that is said to have been refused", () =>
    expectFound("holdout", "withheld", (forgery) => {
      const event = forgery.event("withheld", 0, (one) => one[GRANTED.draw] === 0);
      event[GRANTED.draw] = 4;
    }));

  it("a claim id used twice", () =>
    expectFound("ids", "granted", (forgery) => {
      const [first, second] = forgery.all("granted");
      second!.set(first!.subarray(GRANTED.id, GRANTED.id + 4), GRANTED.id);
    }));

  it("a grant dropped", () =>
    expectFound("transitions", "granted", (forgery) => {
      forgery.replace(forgery.event("granted", 4));
    }));

  it("a grant written twice", () =>
    expectFound("ids", "granted", (forgery) => {
      const event = forgery.event("granted", 4);
      forgery.replace(event, event, event.slice());
    }));
});

describe("verify finds forged arms:", () => {
  it("an arm flipped", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.event("assigned", 8)[ASSIGNED.arm]! ^= 1;
    }));

  it("an arm of an audience flipped", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.event("assigned", 0)[ASSIGNED.arm]! ^= 1;
    }));

  it("another salt than the arms were hashed with", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.assignment.salt = "00".repeat(16);
      });
    }));

  it("another holdout share than was announced", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.assignment.holdoutShare = 0.9;
      });
    }));

  it("a given arm that does not exist", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.all("assigned", 1)[0]![ASSIGNED.arm]! += 7;
    }));

  it("an arm given by hand where it is a hash", () =>
    expectFound("arms", "assigned", (forgery) => {
      const event = forgery.event("assigned", 8);
      event[ASSIGNED.arm] = (event[ASSIGNED.arm]! & 0xff00ffff) | (3 << 16);
    }));

  it("a second arm for the same user", () =>
    expectFound("arms", "assigned", (forgery) => {
      const event = forgery.event("assigned", 8);
      forgery.replace(event, event, event.slice());
    }));

  it("a user moved into an audience", () =>
    expectFound("arms", "assigned", (forgery) => {
      forgery.event("assigned", 8)[ASSIGNED.arm]! |= 1 << 8;
    }));

  it("an assignment dropped", () =>
    expectFound("arms", "granted", (forgery) => {
      forgery.replace(forgery.event("assigned", -1));
    }));

  it("an exposure dropped", () =>
    expectFound("exposures", "granted", (forgery) => {
      for (const event of forgery.all("exposed")) forgery.replace(event);
    }));

  it("an exposure written twice", () =>
    expectFound("exposures", "exposed", (forgery) => {
      const event = forgery.event("exposed");
      forgery.replace(event, event, event.slice());
    }));

  it("an exposure by another arm, or by a draw that is not there", async () => {
    for (const change of [1, 3 << 8]) {
      await expectFound("exposures", "exposed", (forgery) => {
        forgery.event("exposed")[EXPOSED_EVENT.what]! ^= change;
      });
    }
  });

  it("a held-out user's exposure left out, and one of a claim that is refused", async () => {
    const exposes = (event: Uint32Array): boolean => ((event[0]! >>> 8) & EXPOSES) !== 0;
    await expectFound("exposures", "withheld", (forgery) => {
      forgery.all("withheld").find(exposes)![0]! &= ~(EXPOSES << 8);
    });
    await expectFound("exposures", "withheld", (forgery) => {
      const refused = forgery.all("withheld").find((event) => event[GRANTED.draw]! !== 0)!;
      refused[0]! |= EXPOSES << 8;
    });
  });

  it("a second exposure of a user", () =>
    expectFound("exposures", "granted", (forgery) => {
      const later = forgery.all("granted").find((event) => ((event[0]! >>> 8) & EXPOSES) === 0)!;
      later[0]! |= EXPOSES << 8;
    }));

  it("another probability than the shares in force give", () =>
    expectFound("probabilities", "assigned", (forgery) => {
      forgery.event("assigned", 8)[STATED_ASSIGNED.probability + 1]! ^= 1;
    }));

  it("a draw of the held-out that is not counted", () =>
    expectFound("drawCounters", "withheld", (forgery) => {
      const drew = forgery.all("withheld").find((event) => ((event[0]! >>> 8) & DRAWS) !== 0)!;
      drew[0]! &= ~(DRAWS << 8);
    }));
});
