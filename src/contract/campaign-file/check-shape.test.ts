// Files whose values are wrong in themselves: what else can be said of them in the same run.
import { expect, test } from "vitest";
import { BASE } from "./base-campaign.fixture.ts";
import { parseCampaignFile } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";

const problemsOf = (text: string): string[] =>
  parseCampaignFile(text, "c.yaml").problems.map(formatProblem);

test("what does not fit together is told in the same run as what is misspelt", () => {
  const text = BASE.replace("per: hour", "per: hours")
    .replace("title: Spring", "title: Spring\ncolour: red")
    .replace("ends: 2026-03-11", "ends: 2026-02-11")
    .replace("audience: known", "audience: knwn");
  expect(problemsOf(text).map((problem) => problem.replace(/ expected.*/, ""))).toEqual([
    "c.yaml:3:1: colour:",
    "c.yaml:8:7: ends:",
    "c.yaml:14:9: waves[0].to:",
    "c.yaml:18:9: waves[1].to:",
    "c.yaml:37:15: offers[1].audience:",
    "c.yaml:47:10: caps[1].per:",
  ]);
});

test("what follows from a misspelt word alone is not told beside it", () => {
  const wave = BASE.replace("budget: 600.00", 'budget: "600.00"').replace("ends: 2026", "ends: 26");
  expect(parseCampaignFile(wave, "c.yaml").problems.map(({ path }) => path)).toEqual([
    "ends",
    "waves[0].budget",
  ]);
  const key = BASE.replace("waves:", "wavs:").replace("ends: 2026-03-11", "ends: 2026-02-11");
  expect(parseCampaignFile(key, "c.yaml").problems.map(({ path }) => path)).toEqual(["wavs"]);
});

test("no value in any place is more than a problem", () => {
  const values = ["x", '"1"', "-3", "1.5", "[]", "[x]", "{}", "{ id: x }", "null", "true"];
  const lines = BASE.split("\n");
  for (const [i, line] of lines.entries()) {
    for (const value of values) {
      const altered = line.replace(/: .*|:$/, `: ${value}`);
      const text = [...lines.slice(0, i), altered, ...lines.slice(i + 1)].join("\n");
      expect(() => parseCampaignFile(text), `${i + 1}: ${altered}`).not.toThrow();
    }
  }
});
