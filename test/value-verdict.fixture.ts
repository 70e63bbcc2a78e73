// A small verdict as `hongbao prove --json` prints one, for tests of what is valued from it: an
// audience of 1,000 and 4,000 who came, kept .1 and .05 more, watched for six periods of five days.

interface Period {
  estimate: number;
  lower: number;
  upper: number;
}

interface StudyFixture {
  title: string;
  arms: { id: string; n: number }[];
  metrics: { id: string }[];
  effects: object[];
  worth: object[];
  retention: object | null;
  payback: object | null;
  cannibalised: object[];
}

export interface VerdictFixture {
  title: string;
  grade: string;
  studies: StudyFixture[];
  money: { currency: string }[];
}

export function verdictFixture(): VerdictFixture {
  return {
    title: "a measured campaign",
    grade: "A",
    studies: [
      studyFixture("audience", 1_000, 0.1, 0.02),
      studyFixture("users who came", 4_000, 0.05, 0.01),
    ],
    money: [moneyFixture("audience", 400_000), moneyFixture("users who came", 1_600_000)],
  };
}

function studyFixture(title: string, n: number, effect: number, error: number): StudyFixture {
  const curve = (level: number): Period[] =>
    Array.from({ length: 6 }, (_, t) => {
      const estimate = level * 0.97 ** t;
      return { estimate, lower: estimate - 0.01, upper: estimate + 0.01 };
    });
  const arm = (id: string, level: number): object => ({
    ...{ arm: id, users: n, seen: curve(level), expected: curve(level * 0.97 ** 6) },
  });
  return {
    title,
    arms: [
      { id: "holdout", n },
      { id: "treated", n },
    ],
    metrics: [{ id: "d30" }],
    effects: ["assigned", "claimed"].map((population) => ({
      ...{ metric: { id: "d30" }, population, arm: "treated" },
      absolute: { estimate: effect, standardError: error, p: 0.01 },
    })),
    worth: [],
    retention: {
      ...{ periodDays: 5, level: 0.95 },
      arms: [arm("holdout", 0.3), arm("treated", 0.3 + effect)],
    },
    payback: {
      ...{ periodDays: 5, currency: "CNY", marginPerActivePeriod: 0.5 },
      arms: [{ arm: "treated", cost: { estimate: 4 } }],
    },
    cannibalised: [{ arm: "treated", lost: 0.1, lower: 0.05, upper: 0.15, level: 0.95 }],
  };
}

/** 95 % of what was granted is redeemed; 1 % of it reversed again. */
function moneyFixture(study: string, issuedMinor: number): { currency: string } {
  const of = (share: number): number => issuedMinor * share;
  return {
    ...{ study, arm: "treated", currency: "CNY", decimals: 2, issuedMinor },
    ...{ redeemedMinor: of(0.96), reversedMinor: of(0.01) },
  } as { currency: string };
}

/** The example's value.yaml, of a verdict in place of its plan. */
export function valueOfVerdict(valueYaml: string, ...more: readonly string[]): string {
  const lines = [
    ...["verdict: verdict.json", "starts: 2026-02-06"],
    "discount: { value: 10 %, range: [8 %, 14 %], source: assumption }",
    ...more,
  ];
  const from = `from:\n${lines.map((line) => `  ${line}\n`).join("")}`;
  return valueYaml.replace("from: { plan: plan.yaml }\n", () => from);
}
