// Where one assumption would have to be: held against the campaign computed at that value.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../test/plan-file.fixture.ts";
import { CampaignSample } from "../monte-carlo/campaign-sample.ts";
import { breakEvens } from "./break-even.ts";
import { jobOf } from "./plan-study.ts";

const examples = join(import.meta.dirname, "../../../examples/qwen-2026");
const text = readFileSync(join(examples, "plan.yaml"), "utf8");

/** The example's campaign, with users worth so much more that some value of it pays. */
function jobWorth(margin: string) {
  const { plan } = check(text.replace(/^margin:[\s\S]*?(?=^\S)/m, `margin: ${margin}\n`));
  return jobOf(plan!, []);
}

describe("a break-even", () => {
  it("is where the net is 0, with all else at its point", () => {
    const job = jobWorth("{ uniform: [1, 200], unit: CNY, source: assumption }");
    const [margin] = breakEvens(job, ["margin"]);
    const { value, low, high } = margin!;
    expect(value).toBeGreaterThan(low);
    expect(value).toBeLessThan(high);
    const netAt = (margin: number): number => {
      const change = { kind: "to", value: margin } as const;
      const overrides = [...job.overrides, { id: "margin", change }];
      return new CampaignSample({ ...job, overrides }, 0).uncertain("net").point;
    };
    expect(Math.abs(netAt(value!))).toBeLessThan(1e-6 * Math.abs(netAt(low)));
    expect(netAt(value! * 0.99)).toBeLessThan(0);
    expect(netAt(value! * 1.01)).toBeGreaterThan(0);
  });

  it("is none where no possible value pays", () => {
    const job = jobWorth("{ uniform: [0.01, 0.02], unit: CNY, source: assumption }");
    const [margin] = breakEvens(job, ["margin"]);
    expect(margin).toMatchObject({ value: null });
    expect(margin!.bestNet).toBeLessThan(0);
  });
});
