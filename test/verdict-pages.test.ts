// What a verdict's page says beside its report: what would change it, and how it stands beside
// others. Every number is the verdict's own.
import { describe, expect, test } from "vitest";
import { renderHtmlPage } from "../src/report/html-page.ts";
import { renderTextReport } from "../src/report/text-report.ts";
import { verdictComparison } from "../src/verdict/comparison.ts";
import type { Verdict } from "../src/verdict/verdict.ts";
import { whatWouldChange } from "../src/verdict/what-would-change.ts";
import { provePayback } from "./prove-payback.fixture.ts";
import { ProveFolder } from "./prove-project.fixture.ts";
import { reportObject, tableVerdict } from "./report-objects.fixture.ts";

const card = (await tableVerdict("works-and-loses")) as unknown as Verdict;
const broken = (await tableVerdict("broken-randomisation")) as unknown as Verdict;
const mails = (await reportObject("verdict")) as unknown as Verdict;

function saidOf(verdict: Verdict): string[] {
  return (whatWouldChange(verdict)?.blocks ?? []).map((block) =>
    block.kind === "text" ? block.text : "no text",
  );
}

describe("what would change a verdict", () => {
  test("of a card that loses money: the margin and the cost at which it would not", () => {
    const [worth] = card.studies[0]!.worth;
    expect(saidOf(card)[0]).toBe(
      `Card would begin to pay at a margin of ${worth!.breakEvenMargin!.toFixed(2)} per ` +
        `additional user, or at a cost of ${worth!.breakEvenCost.toFixed(2)} a treated user (now 18.00 and 4.00).`,
    );
  });

  test("of arms that do not compare: only what is wrong with them", () => {
    expect(saidOf(broken)).toEqual([
      "Evidence of grade A needs these checks to pass: sample ratio.",
    ]);
  });

  test("of a payback: its break-even; of an effect that is not clear: how many users", async () => {
    const folder = await ProveFolder.make();
    const paid = await provePayback(folder, 3);
    await folder.remove();
    const said = saidOf(paid).join("\n");
    expect(said).toMatch(
      /Card breaks even at a margin of [\d.]+ an active 5-day period \(now 6\.00\)/i,
    );
    const unclear = structuredClone(card) as { -readonly [K in keyof Verdict]: Verdict[K] };
    const row = unclear.studies[0]!.effects.find(({ population }) => population === "assigned")!;
    Object.assign(row.absolute!, { estimate: 0.01, lower: -0.01, upper: 0.03 });
    expect(saidOf(unclear)).toContain(
      "Card: an effect on kept users as large as the one seen would be clear with about 4.0 " +
        "times the users.",
    );
    Object.assign(row.absolute!, { estimate: 0, lower: -0.02, upper: 0.02 });
    expect(saidOf(unclear).join()).toContain("clear only with over 100 times the users");
  });

  test("of one where nothing is known that would: nothing", () => {
    expect(whatWouldChange(mails)).toBeNull();
  });
});

describe("verdicts side by side", () => {
  test("stand below each other by what they measured alike, shared metrics first", () => {
    const other = { ...card, title: "the card of last year" };
    const document = verdictComparison([mails, card, other]);
    const titles = document.sections.map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual(["Evidence", "Effect on kept users", "Effect on orders"]);
    expect(titles).toContain("What they were worth");
    const shared = document.sections[1]!;
    expect(shared.badge).toBeUndefined();
    expect(document.sections[3]!.badge).toBe("in one of them");
    const table = shared.blocks.find((block) => block.kind === "table")!;
    expect(table.rows.map(([name]) => name)).toEqual([
      `${card.title}, card`,
      "the card of last year, card",
    ]);
    expect(table.rows[0]).toContain("+9.20 points");
  });

  test("are drawn and told like any report", () => {
    const document = verdictComparison([mails, card]);
    expect(renderTextReport(document)).not.toMatch(/NaN|undefined/);
    expect(renderHtmlPage(document)).toContain("<svg");
  });
});
