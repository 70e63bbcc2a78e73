// What the worth hangs on, where it is known by construction.
import { expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { certain, type Uncertain } from "../stats/draws.ts";
import { smallCampaign } from "./campaign.fixture.ts";
import { worthDraws } from "./campaign-worth.ts";
import { worthDrivers } from "./worth-drivers.ts";

const COUNT = 4_000;
const random = (name: string, low: number, high: number): Uncertain => {
  const stream = randomStream(1, name);
  const next = (): number => low + (high - low) * stream.nextFloat();
  return { point: (low + high) / 2, draws: Float64Array.from({ length: COUNT }, next) };
};
const still = (point: number): Uncertain => certain(point, COUNT);

const kept = random("kept", 900, 1_100);
const margin = random("margin", 0.05, 0.15);
const idle = random("idle", 0, 1);
const campaign = smallCampaign({
  ...{ count: COUNT, kept, activeByMonth: [kept], marginPerMonth: margin },
  ...{ granted: [still(300)], redeemed: [still(300)], otherCost: [still(0)] },
  ...{ cannibalised: [still(0)], discount: still(0.1) },
});
const multiple = random("multiple", 8, 12);
const worth = worthDraws(campaign, { tax: still(0.25), months: still(1) }, multiple);
const input = (id: string, { draws }: Uncertain) => ({ id, title: id, source: "test", draws });

test("shares are those of the variances, largest first; what moves nothing is left out", () => {
  const inputs = [input("idle", idle), input("kept", kept), input("margin", margin)];
  const found = worthDrivers({ ...campaign, inputs }, worth, still(10), [
    input("moves.users.multiple", multiple),
  ]);
  // A product of three: variances of their logarithms are near 1/27, 1/75 and 1/300.
  expect(found.byMultiple!.map(({ id }) => id)).toEqual(["margin", "moves.users.multiple", "kept"]);
  const [first, second, third] = found.byMultiple!.map(({ share }) => share);
  expect(first).toBeGreaterThan(0.75);
  expect(second! / third!).toBeGreaterThan(2);
  // The cash flow knows no multiple.
  expect(found.byCashFlow.map(({ id }) => id)).toEqual(["margin", "kept"]);
});

test("ends are the mean net a share over the lowest and the highest tenth", () => {
  const { byCashFlow, mean } = worthDrivers(campaign, worth, still(10), []);
  const [own] = byCashFlow;
  expect(own!.id).toBe("margin");
  // One month of 1,000 users at .055 and at .145, half a month discounted, after tax and cost.
  const net = (each: number): number => ((1_000 * each * 1.1 ** (-0.5 / 12) - 300) * 0.75) / 10;
  expect(own!.whenLow).toBeCloseTo(net(0.055), 0);
  expect(own!.whenHigh).toBeCloseTo(net(0.145), 0);
  expect(mean.byCashFlow).toBeCloseTo(net(0.1), 0);
});

test("few draws tell nothing apart", () => {
  const few = smallCampaign();
  const three = { tax: { point: 0.25, draws: new Float64Array(3).fill(0.25) } };
  const shares = { point: 10, draws: new Float64Array(3).fill(10) };
  const months = { point: 1, draws: new Float64Array(3).fill(1) };
  const found = worthDrivers(few, worthDraws(few, { ...three, months }, null), shares, []);
  expect([found.byCashFlow, found.byMultiple]).toEqual([[], null]);
});

test("what the company's own does not move is named, where it could have", () => {
  const company = [input("idle", idle), input("multiple", multiple), input("fixed", still(1))];
  expect(worthDrivers(campaign, worth, still(10), company).quiet).toEqual(["idle"]);
});
