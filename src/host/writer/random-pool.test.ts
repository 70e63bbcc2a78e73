import { describe, expect, it } from "vitest";
import { randomPool } from "./random-pool.ts";

describe("a pool of random bytes", () => {
  it("gives as many as asked for, and none twice", () => {
    const take = randomPool();
    const seen = new Set<string>();
    for (let i = 0; i < 2000; i++) seen.add(take(16).join());
    expect(seen.size).toBe(2000);
    expect([0, 1, 16, 4096, 5000].map((bytes) => take(bytes).length)).toEqual([
      0, 1, 16, 4096, 5000,
    ]);
  });

  it("gives bytes that stay as they are", () => {
    const take = randomPool();
    const first = take(16);
    const copy = first.join();
    for (let i = 0; i < 1000; i++) take(16);
    expect(first.join()).toBe(copy);
  });

  it("never gives zeros of its own making", () => {
    const take = randomPool();
    for (let i = 0; i < 1000; i++) expect(take(16).every((byte) => byte === 0)).toBe(false);
  });
});
