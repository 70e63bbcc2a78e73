// Whatever is filled in wrong, the form has words of its own for it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCampaignFile } from "../../../contract/index.ts";
import {
  type CampaignFields,
  campaignText,
  newCampaign,
  type OfferFields,
} from "./campaign-form.ts";
import { faultsOf } from "./form-faults.ts";
import { knownFault } from "./known-fault.ts";

/** Of each field first what is right, then what is not. */
const FILLED: Readonly<Record<Exclude<keyof CampaignFields, "offers">, string[]>> = {
  id: ["spring", "", "Spring!", "-a", "a".repeat(64), "null", " x "],
  title: ["Spring", "", "x".repeat(201), "a\nb", "12"],
  currency: ["EUR", "JPY", "KWD", "", "eur", "XXX", "EURO", "12"],
  timeZone: ["Asia/Shanghai", "Europe/Berlin", "", "Mars/X", "12"],
  budget: ["1000", "0", "", "-5", "1e9", "12345678901234567890", "0.001", "abc", "0.5"],
  starts: ["2026-03-01T00:00", "", "x", "2026-02-30T00:00", "9999-01-01T00:00"],
  ends: ["2026-03-11T00:00", "", "2026-02-01T00:00", "2036-01-01T00:00"],
  closes: ["2026-04-01T00:00", "", "2026-03-05T00:00", "2046-01-01T00:00"],
  perUser: ["", "1", "0", "-1", "1.5", "abc", "99999999999999999999"],
  perDay: ["", "1", "0", "-1", "5000000000"],
  perDevice: ["", "1", "0", "x", "1.5"],
  holdout: ["", "10", "100", "101", "-1", "abc", "0.0000000001", "12.1234567"],
};
const OFFER: Readonly<Record<keyof OfferFields, string[]>> = {
  id: ["reward", "", "A b", "x".repeat(64), "spring"],
  title: ["", "T", "x".repeat(201)],
  amount: ["25", "0", "", "-1", "1000000", "0.001", "abc", "12345678901234567890"],
  days: ["7", "", "0", "-1", "1.5", "9999999", "400", "x"],
};

/** Mostly right, so that what is wrong with one field is not hidden by another. */
function filled<T extends object>(choices: Readonly<Record<keyof T, string[]>>): fc.Arbitrary<T> {
  const entries = Object.entries<string[]>(choices).map(([name, [right, ...wrong]]) => {
    const one = fc.oneof({ weight: 3, arbitrary: fc.constant(right!) }, fc.constantFrom(...wrong));
    return [name, one];
  });
  return fc.record(Object.fromEntries(entries)) as unknown as fc.Arbitrary<T>;
}

const forms = fc
  .tuple(
    filled<Omit<CampaignFields, "offers">>(FILLED),
    fc.array(filled<OfferFields>(OFFER), { minLength: 1, maxLength: 2 }),
  )
  .map(([fields, offers]): CampaignFields => ({ ...newCampaign("UTC"), ...fields, offers }));

function checked(fields: CampaignFields) {
  return faultsOf(fields, parseCampaignFile(campaignText(fields, ".")).problems, ".");
}

describe("what is wrong with a form", () => {
  it("is one of the words that the form has, and says no more than that", () => {
    fc.assert(
      fc.property(forms, (fields) => {
        expect(checked(fields).filter(({ kind }) => kind === "said")).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it("speaks of instants and amounts as values, not as text", () => {
    const right = Object.fromEntries(Object.entries(FILLED).map(([name, [one]]) => [name, one]));
    const fields: CampaignFields = {
      ...newCampaign("UTC"),
      ...right,
      closes: "2026-03-05T00:00",
      offers: [{ id: "reward", title: "", amount: "2000", days: "7" }],
    };
    const told = checked(fields).map((one) => (one.kind === "known" ? one.known : one.kind));
    const endsAtMs = Date.parse("2026-03-11T00:00+08:00");
    expect(told).toContainEqual({ word: "notBeforeEnd", atMs: endsAtMs });
    expect(told).toContainEqual({ word: "atMostBudget", number: 1000 });
  });

  it("leaves what it does not know as it is said", () => {
    expect(knownFault("budget", "something else")).toBe(null);
  });
});
