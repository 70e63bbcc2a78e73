// What the command line says of an outlook, and of a preview's two.
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { OutlookAnswer, RevisionAnswer } from "../contract/index.ts";
import { OPERATIONS } from "../contract/operations.ts";
import { sayOutlook } from "./outlook.ts";
import { ageText } from "./outlook-words.ts";
import { sayChanges } from "./revision-words.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** What it says, without the spaces that make columns and the breaks of long lines. */
function said(say: (terminal: Terminal) => void): string {
  const stdout = new PassThrough();
  const stream = stdout as unknown as NodeJS.WriteStream;
  say(openTerminal({ stdout: stream, stderr: stream, env: {} }));
  return String(stdout.read())
    .replace(/\n {6,}/g, " ")
    .replace(/ {2,}/g, "  ");
}

const OUTLOOK = OPERATIONS["campaign.outlook"].example.answer as Required<OutlookAnswer>;
const outlook = (more: Partial<OutlookAnswer> = {}): string =>
  said((terminal) => sayOutlook(terminal, { ...OUTLOOK, ...more } as Required<OutlookAnswer>));

describe("an outlook in text", () => {
  it("has the money with its share of the budget, and both intervals", () => {
    const text = outlook();
    for (const line of [
      "spent  900,000.00  30.0 %",
      "free  1,500,000.00  50.0 %",
      "expected to be spent of it  1,210,000.00  40.3 %",
      "owing  700.00  0.0 %",
      "expected, 80 %  1,170,000.00 to 1,250,000.00 CNY",
      "expected, 95 %  1,140,000.00 to 1,280,000.00 CNY",
      "48.0 % by the age of 24 hours",
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toContain("a holder is refused");
    expect(text).not.toContain("set aside");
  });

  it("says what nobody can know yet, and only then", () => {
    const { expected } = OUTLOOK;
    expect(outlook()).toContain(
      "95 %, none to all after 24 hours  1,120,000.00 to 1,500,000.00 CNY",
    );
    const young = { ...expected, seenToAgeMs: 0 };
    expect(outlook({ expected: young })).toContain("95 %, none to all of it  1,120,000.00");
    const seen = { ...expected, bounds: expected.almostSure };
    expect(outlook({ expected: seen })).not.toContain("none to all");
  });

  it("says when the money runs out, as far as that can be told", () => {
    const { runOut } = OUTLOOK;
    expect(outlook()).toContain("pace  34,000.00 CNY an hour over the last 9 hours");
    expect(outlook()).toMatch(/runs out {2}about 2026-02-07T\S+, 90 %: 2026-\S+ to 2026-\S+/);
    expect(outlook()).toContain("runs out before claims end  97.0 %");
    const paced = { ...runOut!, isPaced: true, atMs: null, toMs: null };
    const text = outlook({ runOut: paced });
    expect(text).toContain(", let out by a curve");
    expect(text).toMatch(/runs out {2}not before claims end, 90 %: \S+ or not before claims end/);
    const never = { ...runOut!, chance: 0, atMs: null, fromMs: null, toMs: null };
    expect(outlook({ runOut: never })).toContain("runs out  not before claims end\n");
    const early = outlook({ runOut: null });
    expect(early).toContain("cannot be told: no claims now, or too few so far");
  });

  it("says what over-issue risks, where there is any", () => {
    const expected = { ...OUTLOOK.expected, refusalChance: 0.012 };
    const text = outlook({ expected, beyondMinor: 5_000_000 });
    expect(text).toContain("out beyond the budget  50,000.00");
    expect(text).toContain("a holder is refused  1.2 %");
  });

  it("counts ages in what is read most easily", () => {
    expect([119, 120, 47 * 60, 48 * 60].map((minutes) => ageText(minutes * 60_000))).toEqual([
      ...["119 min", "2 hours", "47 hours", "2 days"],
    ]);
  });
});

const PREVIEW = OPERATIONS["campaign.revise"].example.answer as RevisionAnswer;
const preview = (more: Partial<RevisionAnswer> = {}): string =>
  said((terminal) => sayChanges(terminal, { ...PREVIEW, ...more }, { currency: "CNY" }));

describe("a preview in text", () => {
  it("has what is expected before and after", () => {
    const text = preview();
    for (const line of [
      "offers card expires at  2026-02-24 00:00  2026-03-01 00:00",
      "expected to be spent  1,210,000.00  1,240,000.00",
      "80 %  1,170,000.00 to 1,250,000.00  1,190,000.00 to 1,300,000.00",
      "95 %  1,140,000.00 to 1,280,000.00  1,160,000.00 to 1,340,000.00",
      "95 %, bounds  1,140,000.00 to 1,280,000.00  1,140,000.00 to 1,500,000.00",
      "no grant is older than 16 days: the bounds hold if nobody, or everybody, redeems",
      "24,000 grants given before expire later",
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toContain("runs out");
    expect(text).not.toContain("about 24,000");
  });

  it("tells of running out only where that changes", () => {
    const { before, after } = PREVIEW.outlook!;
    const { runOut } = OUTLOOK;
    const same = { before: { ...before, runOut }, after: { ...after, runOut } };
    expect(preview({ outlook: same })).not.toContain("runs out");
    const later = { ...runOut!, atMs: null, chance: 0.4 };
    const text = preview({ outlook: { ...same, after: { ...after, runOut: later } } });
    expect(text).toMatch(/runs out {2}about 2026-02-07T\S+ {2}not before claims end/);
    expect(text).toContain("before claims end  97.0 %  40.0 %");
    const closed = preview({ outlook: { ...same, after: { ...after, runOut: null } } });
    expect(closed).toContain("cannot be told");
  });

  it("of very many holders says about how many", () => {
    const text = preview({ grantsMoved: 1_234_567, grantsMovedIsEstimate: true });
    expect(text).toContain("about 1,234,567 grants given before expire later");
  });

  it("control: once in force it has the money alone", () => {
    const { outlook: _, ...revised } = PREVIEW;
    const text = said((terminal) => sayChanges(terminal, revised, { currency: "CNY" }));
    expect(text).toContain("can still be granted");
    expect(text).not.toContain("expected to be spent");
  });
});
