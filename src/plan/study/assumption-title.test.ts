import { expect, test } from "vitest";
import { PARAMETERS } from "../plan-file/parameter-rows.ts";
import { assumptionTitle } from "./assumption-title.ts";

test("every assumption is called in words, each otherwise, after its wave or offer", () => {
  const ids = PARAMETERS.map(({ id }) => id.replace(/\{\w+\}/, "lunar-1"));
  const titles = ids.map(assumptionTitle);
  expect(new Set(titles).size).toBe(ids.length);
  for (const [i, title] of titles.entries()) {
    expect(title).not.toBe(ids[i]);
    expect(title.length).toBeLessThan(180);
    expect(title.startsWith("lunar-1, ")).toBe(ids[i]!.includes("lunar-1"));
    expect(title).not.toMatch(/: |\.$/);
  }
});

test("an offer's own name is kept whole, and what is no assumption keeps its own", () => {
  expect(assumptionTitle("offers.card.25.takeUp")).toBe("card.25, part of those present who claim");
  expect(assumptionTitle("chance.stay")).toBe("chance in who stays");
  expect(assumptionTitle("chance.offers.card.claims")).toBe("card, chance in its claims");
  expect(assumptionTitle("chance.of.rain")).toBe("chance.of.rain");
});
