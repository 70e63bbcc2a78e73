// The app's own log tells a reseller's phones from a tablet that a shop lends its guests.
import { expect, test } from "vitest";
import { createCrowd } from "../../crowd/crowd.ts";
import { scaledShape } from "../../crowd/shape.ts";
import { sharedDevices } from "./shared-devices.ts";

const crowd = createCrowd({ seed: 7, shape: scaledShape(0.1) });
const everybody = { crowd, contacted: () => true, rewarded: () => true };

test("accounts of a farm are seen on one day, and guests of a counter come again", () => {
  const found = sharedDevices({ ...everybody, days: 18 });
  const of = (name: string) => found.filter(({ device }) => device.startsWith(name));
  expect(of("farm")).toHaveLength(60);
  expect(of("farm").every(({ cameAgain }) => cameAgain === 0)).toBe(true);
  expect(of("counter").length).toBeGreaterThan(0);
  for (const { users, cameAgain } of of("counter")) expect(cameAgain).toBeGreaterThan(users / 4);
  expect(found).toHaveLength(of("farm").length + of("counter").length);
});

test("nobody came again on a day that is not over", () => {
  const found = sharedDevices({ ...everybody, days: 1 });
  expect(found.every(({ cameAgain }) => cameAgain === 0)).toBe(true);
});

test("users without a reward do not count", () => {
  expect(sharedDevices({ ...everybody, rewarded: () => false, days: 18 })).toEqual([]);
});
