// Where a campaign's money stands, as a table: each amount, its share of the budget, and a bar.
import { formatPercent, groupedMinor } from "../report/format.ts";
import { textBar } from "../report/text-bar.ts";
import type { Terminal } from "./terminal.ts";

const BAR_WIDTH = 20;

export function sayMoney(
  terminal: Terminal,
  of: { budgetMinor: number; currency: string; decimals: number },
  amounts: readonly (readonly [name: string, minor: number])[],
): void {
  terminal.table(
    [
      { title: "money" },
      { title: of.currency, align: "right" },
      { title: "of budget", align: "right" },
      { title: "" },
    ],
    amounts.map(([name, minor]) => {
      const share = minor / of.budgetMinor;
      const amount = groupedMinor(minor, of.decimals);
      return [name, amount, formatPercent(share), textBar(share, BAR_WIDTH)];
    }),
  );
}

/** A row that is left out where there is nothing of it. */
export function unlessNone(name: string, minor: number): [string, number][] {
  return minor > 0 ? [[name, minor]] : [];
}
