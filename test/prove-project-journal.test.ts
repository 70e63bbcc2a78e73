// What prove asks of a journal's export itself, before it believes its sums.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EventRow, verdictText } from "../src/prove/index.ts";
import { DEFINITION, Journal, KEPT, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const USERS = 400;

/** Half of the users held out; every other treated one claims. */
function journal(): Journal {
  const made = new Journal();
  for (let i = 0; i < USERS; i++) {
    const user = `user-${i}`;
    made.assign(user, i % 2);
    if (i % 4 === 1) made.emit("granted", user, { arm: 1, grant: i, amountMinor: 500 });
    if (i % 4 === 1) made.emit("redeemed", user, { grant: i, redemption: 0, amountMinor: 500 });
  }
  return made;
}

async function textOf(events: readonly EventRow[], format: "parquet" | "csv" = "parquet") {
  const own = new Journal();
  own.events.push(...events);
  const lines = Array.from({ length: USERS }, (_, i) => `user-${i},${Number(i % 7 < 3)}`);
  const outcomes = { file: await folder.lines(["user,kept", ...lines]), user: "user" };
  const sources = { events: await folder.events(own, format), outcomes };
  return { plan: { metrics: [KEPT] }, sources };
}

describe("events that stand in several rows", () => {
  const { events } = journal();

  it("are refused, all of them or a single one", async () => {
    expect(await folder.refusal(await textOf([...events, ...events]))).toMatch(
      /FILE\.parquet, row 601, column "sequence": expected each event \(sequence and index\) once/,
    );
    const one = [...events.slice(0, 20), events[19]!, ...events.slice(20)];
    expect(await folder.refusal(await textOf(one, "csv"))).toMatch(
      /FILE\.csv, line 22, column "sequence": expected each event .* once.*export .*found "20"$/,
    );
  });

  it("are not what rows in another order are, or events of one record", async () => {
    const sorted = events.toSorted((a, b) => (a.user! < b.user! ? -1 : 1));
    const told = await folder.prove(await textOf(events));
    expect((await folder.prove(await textOf(sorted))).money).toEqual(told.money);
    const records = events.map((event, i) => ({
      ...{ ...event, sequence: 1 + Math.floor(i / 64), index: i % 64 },
    }));
    expect((await folder.prove(await textOf(records))).money).toEqual(told.money);
  });

  it("are told as cells where a place is no number", async () => {
    const text = await textOf(events, "csv");
    const lines = (await readFile(text.sources.events, "utf8")).trimEnd().split("\n");
    lines[5] = lines[5]!.replace(/^\d+/, "five");
    const sources = { ...text.sources, events: await folder.lines(lines) };
    expect(await folder.refusal({ ...text, sources })).toMatch(
      /line 6, column "sequence": expected a whole number, found "five"/,
    );
  });
});

describe("a holdout that is gone", () => {
  const definition = {
    ...DEFINITION,
    audiences: [{ id: "lapsed", holdoutShare: 0.5, salt: "01" }],
  };
  /** @param members and comers, of whom these arms are in the export */
  const given = async (
    members: readonly number[],
    comers: readonly number[],
    plan: object = {},
  ) => {
    const made = new Journal();
    const own = { audience: "lapsed", assignedBy: "audience" } as const;
    for (let i = 0; i < USERS; i++) {
      const user = `user-${i}`;
      const [isMember, arm] = [i % 2 === 0, i % 4 < 2 ? 0 : 1];
      if (!(isMember ? members : comers).includes(arm)) continue;
      made.emit("assigned", user, { arm, ...(isMember ? own : { assignedBy: "claim" }) });
    }
    const text = await textOf(made.events);
    return { ...text, plan: { ...text.plan, ...plan } };
  };

  it("is said before the answers to other questions, with the plan's share", async () => {
    const verdict = await folder.prove(await given([1], [0, 1]), { definition });
    expect(verdict.studies.map(({ title }) => title)).toEqual(["users who came"]);
    expect(verdict.unanswered).toEqual([
      { title: "audience lapsed", estimand: "reach", reason: expect.stringMatching(/100 users/) },
    ]);
    expect(verdict.headline).toMatch(
      /^Audience lapsed: "reach" is not answered: none of its 100 users is held out, where 50.00 %/,
    );
    expect(verdict.headline).toContain(
      "the holdout is lost. Users who came: card: no clear effect",
    );
    expect(verdictText(verdict).replaceAll(/\s+/g, " ")).toMatch(
      /^Audience lapsed: "reach" is not answered/,
    );
  });

  it("is a refusal where nothing else is left to compare", async () => {
    expect(await folder.refusal(await given([1], [1]), { definition })).toMatch(
      /FILE\.parquet: expected held-out .* found none\. audience lapsed: none .*; users who/,
    );
    expect(await folder.refusal(await given([0], []), { definition })).toMatch(
      /audience lapsed: all of its 100 users are held out, where 50\.00 % were to be$/,
    );
  });

  it("is none where nobody was to be held out, unless the plan asks by name", async () => {
    const assignment = { ...DEFINITION.assignment, holdoutShare: 0 };
    const more = { definition: { ...definition, assignment } };
    const verdict = await folder.prove(await given([0, 1], [1]), more);
    expect(verdict.unanswered).toEqual([]);
    expect(verdict.notes).toContain(
      "users who came: nobody was to be held out, nothing to compare",
    );
    const questions = ["reach", "reward, given arrival"];
    const asked = await folder.prove(await given([0, 1], [1], { questions }), more);
    expect(asked.headline).toMatch(/^Users who came: "reward, given arrival" is not answered/);
    const nobody = await folder.prove(await given([0, 1], [], { questions }), { definition });
    expect(nobody.unanswered[0]!.reason).toBe("nobody was assigned in it");
  });
});

describe("a holdout that was reached", () => {
  const audiences = [{ id: "lapsed", holdoutShare: 0.5, salt: "01" }];
  const definition = { ...DEFINITION, audiences };
  /** An audience, of whose held-out so many have an event each of these kinds. */
  const prove = async (kinds: Readonly<Record<string, number>>, audience: string | null) => {
    const made = new Journal();
    for (let i = 0; i < USERS; i++) made.emit("assigned", `user-${i}`, { arm: i % 2, audience });
    for (const [kind, count] of Object.entries(kinds)) {
      for (let i = 0; i < count; i++) made.emit(kind, `user-${2 * i}`, { amountMinor: 500 });
    }
    const { studies } = await folder.prove(await textOf(made.events), { definition });
    return studies[0]!;
  };
  const checkOf = ({ health }: Awaited<ReturnType<typeof prove>>, name: string) =>
    health.find((check) => check.name === name);

  it.each(["granted", "redeemed", "reversed", "expired", "cancelled"])(
    "is seen by any event of a grant: %s",
    async (kind) => {
      const few = await prove({ [kind]: 2 }, "lapsed");
      expect(checkOf(few, "holdout left alone")).toMatchObject({ passed: true });
      const many = await prove({ [kind]: 3 }, "lapsed");
      expect(many.grade).toBe("B");
      expect(checkOf(many, "holdout left alone")!.detail).toMatch(
        /^3 of 200 held-out users were granted or paid a reward all the same: 1.50 %, at most 1.00/,
      );
    },
  );

  it("possibly is told, of those who came although nobody contacted them", async () => {
    const study = await prove({ exposed: 30, withheld: 20 }, "lapsed");
    expect(study.grade).toBe("A");
    expect(checkOf(study, "holdout not called")!.detail).toMatch(
      /^30 of 200 held-out users asked .* got nothing: 15.00 %; possible contamination, told only/,
    );
    // Drawn when they came, all of them have.
    const drawn = await prove({ withheld: 20 }, null);
    expect(checkOf(drawn, "holdout left alone")).toMatchObject({ passed: true });
    expect(checkOf(drawn, "holdout not called")).toBeUndefined();
  });
});

describe("the events of a rehearsal", () => {
  const events = journal().events.map((event) => ({ ...event, rehearsal: true }));

  it("are refused by what the export says, and by the campaign", async () => {
    const refused = /campaign "spring" is a rehearsal: nothing in it was money/;
    expect(await folder.refusal(await textOf(events))).toMatch(refused);
    expect(await folder.refusal(await textOf(events, "csv"))).toMatch(refused);
    const definition = { ...DEFINITION, rehearsal: true } as const;
    expect(await folder.refusal(await textOf(journal().events), { definition })).toMatch(refused);
  });

  it("are judged where that was asked for, and the report says so before the result", async () => {
    const told = verdictText(await folder.prove(await textOf(events), { rehearsal: true }));
    expect(told.replaceAll(/\s+/g, " ")).toContain("NOTHING IN THEM WAS MONEY");
    const live = await textOf(journal().events);
    expect(await folder.refusal(live, { rehearsal: true })).toMatch(/live: expected a rehearsal/);
  });
});
