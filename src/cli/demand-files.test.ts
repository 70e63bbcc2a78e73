// Demand beside a campaign file: it shapes the curve of its wave, and a file that is none is
// refused with the line at which it stops being one.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCampaignFile } from "../contract/index.ts";
import type { CurvePoint } from "../core/definition.ts";
import { readCampaignText } from "./campaign-plan.ts";

const CAMPAIGN = `campaign: evening
title: Evening cards
currency: CNY
timeZone: Asia/Shanghai
budget: 600.00
starts: 2026-02-06T18:00:00+08:00
ends: 2026-02-07T00:00:00+08:00
closes: 2026-02-20T00:00:00+08:00
waves:
  - id: evening
    from: 2026-02-06T18:00:00+08:00
    to: 2026-02-07T00:00:00+08:00
    budget: 600.00
    pacing: { demand: last-year.csv, unused: spread }
offers:
  - { id: card, reward: { fixed: 25.00 }, expires: { after: 24h } }
`;
const PACING_LINE = 1 + CAMPAIGN.split("\n").findIndex((line) => line.includes("last-year.csv"));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-demand-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The campaign file as the command line reads it, with this beside it. */
async function textWith(csv: string, yaml = CAMPAIGN): Promise<string> {
  const file = join(folder, "campaign.yaml");
  await writeFile(file, yaml);
  await writeFile(join(folder, "last-year.csv"), csv);
  return readCampaignText(file);
}

const check = async (csv: string, yaml = CAMPAIGN) =>
  parseCampaignFile(await textWith(csv, yaml), "campaign.yaml");

async function pointsOf(csv: string, yaml = CAMPAIGN): Promise<readonly CurvePoint[]> {
  const { definition, problems } = await check(csv, yaml);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return definition!.caps.find(({ id }) => id === "wave-pacing:evening")!.curve!.points;
}

const EVENING = ["hour,weight", "0,4", "1,6", "2,9", "3,8.0", "4,5", "5,0"];

describe("demand in a CSV beside a campaign file", () => {
  it("lets the wave's budget out in proportion to it", async () => {
    const points = await pointsOf(`${EVENING.join("\n")}\n`);
    const shares = [0, 4, 10, 19, 27, 32, 32].map((sum) => sum / 32);
    expect(points.map(({ share }) => share)).toEqual(shares);
    const startsAtMs = Date.parse("2026-02-06T18:00:00+08:00");
    expect(points.map(({ atMs }) => (atMs - startsAtMs) / 3_600_000)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
  });

  it("is the same as its weights in the campaign file", async () => {
    const weights = CAMPAIGN.replace("last-year.csv", "[4, 6, 9, 8, 5, 0]");
    expect(await pointsOf(EVENING.join("\n"))).toEqual(await pointsOf("", weights));
  });

  it.each([
    ["with a byte order mark", `\uFEFF${EVENING.join("\n")}`],
    ["with the line ends of Windows", `${EVENING.join("\r\n")}\r\n`],
    ["with both, and blank lines at the end", `\uFEFF${EVENING.join("\r\n")}\r\n\r\n\n`],
    ["with spaces around its values", EVENING.join("\n").replaceAll(/^(\d),/gm, " $1 , ")],
    ["without a line end at last", EVENING.join("\n")],
  ])("is read %s", async (_, csv) => {
    expect(await pointsOf(csv)).toEqual(await pointsOf(EVENING.join("\n")));
  });

  it("is found in a campaign file with a byte order mark, too", async () => {
    const points = await pointsOf(EVENING.join("\n"), `\uFEFF${CAMPAIGN}`);
    expect(points).toEqual(await pointsOf(EVENING.join("\n")));
  });

  it("stays on its line, so that problems are found where they stand", async () => {
    const text = await textWith(EVENING.join("\n"), CAMPAIGN.replace("card,", "card card,"));
    expect(text.split("\n")).toHaveLength(CAMPAIGN.split("\n").length);
  });
});

const line = (at: number, text: string): string =>
  [...EVENING.slice(0, at - 1), text, ...EVENING.slice(at)].join("\n");

describe("a CSV that is no demand is refused with its line:", () => {
  it.each([
    ["an empty one", "", 1, "the line hour,weight", '""'],
    ["only blank lines", "\r\n\n", 1, "the line hour,weight", '""'],
    ["another header", "hours;weights\n0;4", 1, "the line hour,weight", '"hours;weights"'],
    ["no header", "0,4\n1,6", 1, "the line hour,weight", '"0,4"'],
    ["nothing but a header", "hour,weight\n", 2, "hour 0 and its weight", "the end of the file"],
    ["a negative weight", line(4, "2,-9"), 4, "a weight from 0", '"-9"'],
    ["NaN", line(4, "2,NaN"), 4, "a weight from 0", '"NaN"'],
    ["infinity", line(2, "0,Infinity"), 2, "a weight from 0", '"Infinity"'],
    ["an exponent", line(3, "1,1e3"), 3, "a weight from 0", '"1e3"'],
    ["no weight", line(3, "1,"), 3, "a weight from 0", '""'],
    ["words", line(7, "5,none"), 7, "a weight from 0", '"none"'],
    ["a sum of a formula", line(3, "1,=1+1"), 3, "a weight from 0", '"=1+1"'],
    ["a weight too many", line(3, "1,6,7"), 3, "hour 1 and its weight", '"1,6,7"'],
    ["a comma for a point", line(5, "3,8,5"), 5, "hour 3 and its weight", '"3,8,5"'],
    ["a blank line in the middle", line(4, ""), 4, "hour 2 and its weight", '""'],
    ["an hour left out", line(3, "2,9"), 3, "hour 1 and its weight", '"2,9"'],
    ["an hour twice", line(4, "1,6"), 4, "hour 2 and its weight", '"1,6"'],
    ["line ends of carriage returns alone", EVENING.join("\r"), 1, "the line hour,weight", '"hour'],
  ])("%s", async (_, csv, at, expected, found) => {
    const place = `${join(folder, "last-year.csv")}:${at}: expected ${expected}`;
    await expect(textWith(csv)).rejects.toMatchObject({ code: "invalid_data" });
    await expect(textWith(csv)).rejects.toThrow(place);
    await expect(textWith(csv)).rejects.toThrow(`found ${found}`);
  });

  it("a weight of a thousand digits, which is not shown in full", async () => {
    const huge = "9".repeat(1000);
    const refused = await textWith(line(2, `0,${huge}`)).catch((error: Error) => error.message);
    expect(refused).toContain("last-year.csv:2: expected a weight from 0 to below 10^15");
    expect(refused).not.toContain(huge);
    const garbled = await textWith(huge).catch((error: Error) => error.message);
    expect((garbled as string).length).toBeLessThan(folder.length + 200);
  });

  it("more hours than a wave can have", async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i},1`);
    await expect(textWith(`hour,weight\n${lines.join("\n")}`)).rejects.toThrow(
      "last-year.csv:1502: expected at most 1500 hours, found more",
    );
  });

  it("none at all", async () => {
    const elsewhere = CAMPAIGN.replace("last-year", "lost");
    await expect(textWith("", elsewhere)).rejects.toMatchObject({ code: "file_not_found" });
  });
});

describe("demand that does not fit its wave is found at the line of the campaign file:", () => {
  it.each([
    ["fewer hours", "hour,weight\n0,1\n1,1", CAMPAIGN, "24 weights for the hours", "2"],
    ["only zeros", EVENING.join("\n").replaceAll(/,[\d.]+$/gm, ",0"), CAMPAIGN, "above 0", "none"],
    [
      "weights whose sum no number holds",
      "",
      CAMPAIGN.replace("last-year.csv", "[1e308, 1e308, 1, 1, 1, 1]"),
      "above 0",
      "a sum that no number holds",
    ],
  ])("%s", async (_, csv, yaml, expected, found) => {
    const { problems } = await check(csv, yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: "error", line: PACING_LINE, found });
    expect(problems[0]!.expected).toContain(expected);
  });

  it("text that no campaign file holds is left to the check, whatever it nests", async () => {
    const hostile = `demand: ${"[".repeat(60_000)}`;
    const { problems } = await check("", hostile);
    expect(problems[0]!.found).toContain("nested too deeply");
  });
});
