import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { ArmRule } from "./assignment.ts";

const SALT = "000102030405060708090a0b0c0d0e0f";
const USERS = 20_000;

function users(): Uint32Array {
  const stream = randomStream(21, "users");
  return Uint32Array.from({ length: 4 * USERS }, () => stream.nextU32());
}

function arms(salt: string, holdout: number, shares: number[]): number[] {
  const keys = users();
  const rule = new ArmRule(salt, holdout, shares);
  return Array.from({ length: USERS }, (_, i) => rule.armOf(keys, 4 * i));
}

const shareOf = (list: number[], arm: number): number =>
  list.filter((one) => one === arm).length / USERS;

describe("the arm by hash", () => {
  it("has the shares that were asked for", () => {
    const list = arms(SALT, 0.2, [0.5, 0.3, 0.2]);
    expect(shareOf(list, 0)).toBeCloseTo(0.2, 1);
    expect(shareOf(list, 1)).toBeCloseTo(0.4, 1);
    expect(shareOf(list, 2)).toBeCloseTo(0.24, 1);
    expect(shareOf(list, 3)).toBeCloseTo(0.16, 1);
  });

  it("moves nobody back into treatment when the holdout grows", () => {
    const small = arms(SALT, 0.02, [1]);
    const large = arms(SALT, 0.1, [1]);
    expect(small.filter((arm, i) => arm === 0 && large[i] !== 0)).toEqual([]);
    expect(shareOf(large, 0)).toBeGreaterThan(shareOf(small, 0));
  });

  it("moves nobody between variants when the holdout grows", () => {
    const small = arms(SALT, 0.02, [0.5, 0.5]);
    const large = arms(SALT, 0.1, [0.5, 0.5]);
    expect(small.filter((arm, i) => large[i] !== 0 && large[i] !== arm)).toEqual([]);
  });

  it("is independent under another salt", () => {
    const one = arms(SALT, 0.5, [1]);
    const other = arms("ff".repeat(16), 0.5, [1]);
    const both = one.filter((arm, i) => arm === 0 && other[i] === 0).length / USERS;
    expect(Math.abs(both - 0.25)).toBeLessThan(0.015);
  });

  it("holds out nobody at 0 and everybody at 1", () => {
    expect(new Set(arms(SALT, 0, [1]))).toEqual(new Set([1]));
    expect(new Set(arms(SALT, 1, [1]))).toEqual(new Set([0]));
  });

  it("gives the last variant what rounding leaves", () => {
    const list = arms(SALT, 0, [1 / 3, 1 / 3, 1 / 3 - 1e-12]);
    expect(list.every((arm) => arm >= 1 && arm <= 3)).toBe(true);
  });

  it("refuses a salt that is not 16 bytes", () => {
    expect(() => new ArmRule("00", 0, [1])).toThrow("salt");
  });
});
