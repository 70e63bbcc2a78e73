import { expect, it } from "vitest";
import { signedUpTo } from "./checkpoints.ts";

it("finds the last record that is signed among the checkpoints of a year", () => {
  const note = (size: number): string =>
    `hongbao/ledger\n${size}\n${"A".repeat(43)}=\n\n— hongbao/ledger ${"A".repeat(92)}\n`;
  const given = (size: number) => ({ source: "log/checkpoints", note: note(size) });
  expect(signedUpTo([given(7), given(9), given(8), { source: "x", note: "other text" }])).toBe(9);
  expect(signedUpTo([])).toBe(0);
  // More than a call may have arguments: a checkpoint is signed every ten seconds.
  const many = Array.from({ length: 300_000 }, () => ({ source: "x", note: "other text" }));
  expect(signedUpTo([...many, given(5)])).toBe(5);
});
