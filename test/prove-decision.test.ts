// The decision rule in prove.yaml: what cannot decide is refused with the place of its key, and the
// rule is frozen with the plan.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPlanHash, readProject, verdictText } from "../src/prove/index.ts";
import { DEFINITION, Journal, KEPT, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const text = (when: string, more = ""): string => `title: test
plan:
  questions: [reach]
  metrics:
    - { id: kept, kind: share, column: kept }
${more}  decision: { action: again, when: [${when}] }
sources:
  table: { file: rows.csv, arm: arm, control: none, assigned: before contact }
`;
const GUARDRAIL = "  guardrails: [{ metric: kept, worse: lower, margin: 5 % }]\n";
const read = async (yaml: string) => readProject(await folder.write(yaml, "yaml"));

describe("a decision rule", () => {
  it("is a control: right ones are read, for the plan's first question", async () => {
    const when = "{ effect: kept, atLeast: 0.005 }, { guardrails: hold }, { worth: 0, arm: card }";
    const worth = "  worth: { margin: 3, cost: 1 }\n";
    const { plan } = await read(text(when, GUARDRAIL + worth));
    const whose = { question: "reach", arm: null };
    expect(plan.decision).toEqual({
      ...{ action: "again", otherwise: null },
      conditions: [
        {
          ...{ kind: "effect", metric: "kept", side: "at least", limit: 0.005, isRelative: false },
          ...whose,
        },
        { kind: "guardrails", ...whose },
        { kind: "worth", limit: 0, question: "reach", arm: "card" },
      ],
    });
    const relative = await read(text('{ effect: kept, atMost: "5 %" }'));
    expect(relative.plan.decision!.conditions[0]).toMatchObject({
      ...{ side: "at most", limit: 0.05, isRelative: true },
    });
  });

  it.each<[string, string, RegExp]>([
    ["a payback without one", "{ payback: 80 % }", /when\.0\.payback: expected plan\.payback, /],
    ["a worth without one", "{ worth: 0 }", /when\.0\.worth: expected plan\.worth, .* found none/],
    ["guardrails without any", "{ guardrails: hold }", /when\.0\.guardrails: expected plan\.guard/],
    [
      "an unknown metric",
      "{ effect: paid, atLeast: 0 }",
      /line 6, column 47: plan\.decision\.when\.0\.effect: expected one of the metrics \(kept\)/,
    ],
    [
      "a limit with a unit",
      '{ effect: kept, atLeast: "5 min" }',
      /when\.0\.atLeast: expected a number in the metric's own units, or a part of the level/,
    ],
    ["points for a share", "{ effect: kept, atLeast: 2 }", /when\.0\.atLeast: .* from -1 to 1 /],
    ["no limit", "{ effect: kept }", /when\.0: an effect needs either atLeast or atMost/],
    [
      "two limits",
      "{ effect: kept, atLeast: 0, atMost: 1 }",
      /when\.0: an effect needs either atLeast or atMost/,
    ],
    ["a limit of nothing", "{ guardrails: hold, atLeast: 0 }", /when\.0\.atLeast: .* needs an eff/],
    ["no condition", "", /plan\.decision\.when: /],
    ["an empty one", "{ arm: card }", /when\.0: expected one of payback, worth, .* found none/],
    [
      "two in one",
      "{ guardrails: hold, effect: kept, atLeast: 0 }",
      /when\.0: expected one of payback, .* found effect and guardrails/,
    ],
    [
      "a question that is not asked",
      '{ effect: kept, atLeast: 0, question: "reward, given arrival" }',
      /when\.0\.question: expected one of plan\.questions \(reach\), found "reward, given/,
    ],
    ["a chance of none", "{ payback: 0 % }", /when\.0\.payback: expected a chance such as 0\.8/],
    ["an unknown key", "{ effects: kept }", /when\.0\.effects: expected one of .*mean effect\?/],
  ])("is refused with %s", async (_, when, expected) => {
    const message = await folder.messageOf(read(text(when)));
    expect(message).toMatch(/^FILE\.yaml, line 6, column \d+: plan\.decision\./);
    expect(message).toMatch(expected);
  });

  it("is refused on a question that the arms cannot answer", async () => {
    const open = text("{ effect: kept, atLeast: 0, question: reach }")
      .replace("  questions: [reach]\n", "")
      .replace("before contact", "at the claim");
    expect(await folder.messageOf(read(open))).toMatch(
      /plan\.decision\.when\.0\.question: reach cannot be had from a holdout that was drawn at/,
    );
  });

  it("is part of the plan that its hash freezes", async () => {
    const hash = async (when: string) => readPlanHash(await folder.write(text(when), "yaml"));
    const [one, same, other] = await Promise.all(
      ["0.005", "5e-3", "0.006"].map((limit) => hash(`{ effect: kept, atLeast: ${limit} }`)),
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("on a campaign", () => {
  const project = async (condition: object) => {
    const journal = new Journal();
    const rows = ["user,kept"];
    for (let i = 0; i < 400; i++) {
      journal.assign(`u${i}`, i % 2);
      rows.push(`u${i},${i % 10 < (i % 2 === 0 ? 3 : 8) ? 1 : 0}`);
    }
    const outcomes = { file: await folder.lines(rows), user: "user" };
    const decision = { action: "again", when: [{ effect: "kept", atLeast: 0, ...condition }] };
    const sources = { events: await folder.events(journal), outcomes };
    return { plan: { metrics: [KEPT], decision }, sources };
  };

  it("the rule is said with whether it was fixed before the first grant", async () => {
    const given = await project({});
    const { planHash } = await readProject(await folder.project(given));
    const say = async (frozenPlanHash: string | null): Promise<string> =>
      verdictText(await folder.prove(given, { frozenPlanHash })).replace(/\s+/g, " ");
    expect(await say(planHash)).toMatch(
      /By the rule that was fixed when the campaign opened: lower bound .*: holds\. So "again" fol/,
    );
    expect(await say("0".repeat(64))).toContain("By the rule of a PLAN THAT WAS CHANGED after");
    expect(await say(null)).toContain("though no plan was frozen when the campaign opened");
  });

  it("a question nobody was assigned for, or an arm that is not there, is refused", async () => {
    expect(await folder.refusal(await project({ question: "reach" }))).toMatch(
      /plan\.decision\.when\.0\.question: reach cannot be had/,
    );
    const [variant] = DEFINITION.assignment.variants;
    expect(await folder.refusal(await project({ arm: "mail" }))).toMatch(
      /plan\.decision\.when\.0\.arm: expected one of the treated arms \(card\), found "mail"/,
    );
    const known = await folder.prove(await project({ arm: variant!.id }));
    expect(known.decision!.arms[0]!.follows).toBe(true);
  });
});

describe("the examples that ship", () => {
  it("decide e-mail by e-mail on Hillstrom", async () => {
    const { proveProject } = await import("../src/prove/index.ts");
    const verdict = await proveProject(await readProject("examples/hillstrom/prove.yaml"), null);
    expect(verdict.decision!.arms.map(({ arm, follows }) => [arm, follows])).toEqual([
      ["mens", true],
      ["womens", false],
    ]);
  });

  it("ask for reach on Qwen", async () => {
    const yaml = await readFile("examples/qwen-2026/prove.yaml", "utf8");
    const { plan } = await readProject("examples/qwen-2026/prove.yaml");
    expect(yaml).toContain("decision:");
    expect(plan.decision!.conditions.map(({ kind, question }) => [kind, question])).toEqual([
      ["payback", "reach"],
      ["effect", "reach"],
      ["guardrails", "reach"],
    ]);
  });
});
