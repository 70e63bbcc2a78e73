// What the form writes is a campaign file that the check takes, and problems find their field.
import { describe, expect, test } from "vitest";
import { checkCampaignSource, requireCampaign } from "../../../contract/index.ts";
import {
  type CampaignFields,
  campaignText,
  fieldAt,
  idFrom,
  newCampaign,
} from "./campaign-form.ts";

const FILLED: CampaignFields = {
  ...newCampaign("Europe/Berlin"),
  ...{ id: "spring", title: "Spring: 'coffee' # for all", currency: "EUR", budget: "1000.00" },
  ...{ starts: "2026-03-28T08:00", ends: "2026-03-29T12:30", closes: "2026-06-01T00:00" },
  offers: [{ id: "coffee", title: "A coffee", amount: "2.50", days: "7" }],
  ...{ perUser: "3", perDay: "1", perDevice: "5", holdout: "12.5" },
};

describe("a campaign by its form", () => {
  test("is a valid file, in the zone's own time, before and after clocks change", () => {
    const text = campaignText(FILLED, ".");
    expect(text).toContain("starts: 2026-03-28T08:00:00+01:00");
    expect(text).toContain("ends: 2026-03-29T12:30:00+02:00");
    const campaign = requireCampaign(checkCampaignSource({ yaml: text }));
    expect(campaign.title).toBe(FILLED.title);
    expect(campaign.budgetMinor).toBe(100_000);
    expect(campaign.caps.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["user-total", "user-day", "device-total"]),
    );
  });

  test("without limits and holdout has none", () => {
    const bare = { ...FILLED, perUser: "", perDay: "", perDevice: "", holdout: "" };
    const text = campaignText(bare, ".");
    expect(text).not.toMatch(/caps|holdout|attributes/);
    requireCampaign(checkCampaignSource({ yaml: text }));
  });

  test("an empty one says of each field what it expects", () => {
    const empty = newCampaign("Nowhere/None");
    const { problems } = checkCampaignSource({ yaml: campaignText(empty, ".") });
    const fields = problems.map(({ path }) => fieldAt(path, empty));
    for (const name of ["id", "budget", "starts", "timeZone"]) expect(fields).toContain(name);
    expect(fields).toContain("offers.0.amount");
    expect(fieldAt("something.else", empty)).toBeNull();
  });

  test("has each problem at its own field, whichever limits there are", () => {
    const offer = { id: "A B", title: "x".repeat(201), amount: "x", days: "z" };
    const wrong = { ...FILLED, offers: [FILLED.offers[0]!, offer], perUser: "", perDay: "-1" };
    const fields = { ...wrong, perDevice: "1.5", holdout: "200" };
    const { problems } = checkCampaignSource({ yaml: campaignText(fields, ".") });
    expect(problems.map(({ path }) => fieldAt(path, fields))).toEqual([
      "offers.1.id",
      "offers.1.title",
      "offers.1.amount",
      "offers.1.days",
      "perDay",
      "perDevice",
      "holdout",
    ]);
  });

  test("takes numbers as German writes them, and refuses what could be two amounts", () => {
    const offers = [{ ...FILLED.offers[0]!, amount: "18,00" }];
    const german = { ...FILLED, budget: "1.800,00", holdout: "12,5", offers };
    const text = campaignText(german, ",");
    expect(text).toContain("budget: 1800.00\n");
    expect(text).toContain("fixed: 18.00\n");
    expect(text).toContain("share: 12.5 %");
    requireCampaign(checkCampaignSource({ yaml: text }));
    for (const [budget, mark] of [
      ["1.800", ","],
      ["1,800", "."],
      ["1.800", "."],
      ["9999999999999.999", "."],
    ] as const) {
      const { problems } = checkCampaignSource({ yaml: campaignText({ ...FILLED, budget }, mark) });
      expect(problems.map(({ path }) => path)).toEqual(["budget"]);
    }
  });

  test.each([
    ["Café für alle!", "cafe-fur-alle"],
    ["  ", ""],
    ["春节红包 2026", "2026"],
  ])("%s has the id %s", (title, id) => {
    expect(idFrom(title)).toBe(id);
  });
});
