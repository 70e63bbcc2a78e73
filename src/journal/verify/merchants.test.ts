// The sums per merchant that verify keeps, and that they would be found wrong.
import { expect, it } from "vitest";
import { Findings } from "./findings.ts";
import { MerchantBook } from "./merchants.ts";

it("adds up with each merchant and with none", () => {
  const findings = new Findings(10);
  const book = new MerchantBook();
  book.redeemed(0, 1, 40);
  book.redeemed(1, -1, 7);
  book.redeemed(2, 0, 5);
  book.reversed(0, 40, findings);
  book.check(12, findings);
  expect(book.report()).toEqual({ merchants: 2, merchantsMinor: 5, unattributedMinor: 7 });
  expect(findings.problems).toEqual([]);
});

it("finds more reversed than was spent with a merchant, and another sum of a campaign", () => {
  const findings = new Findings(10);
  const book = new MerchantBook();
  book.redeemed(0, 0, 5);
  book.redeemed(1, 1, 9);
  book.reversed(0, 6, findings);
  book.check(9, findings);
  expect(findings.problems.map(({ check, found }) => [check, found])).toEqual([
    ["merchants", "6 reversed"],
    ["merchants", "9"],
  ]);
});
