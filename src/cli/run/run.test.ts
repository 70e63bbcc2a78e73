// A run is judged by outcomes that somebody else counted: they must be of the users who were in the
// journal's arms.
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EXIT } from "../exit-codes.ts";
import { openTerminal } from "../terminal.ts";
import { run } from "./run.ts";

const CAMPAIGN = resolve(import.meta.dirname, "../../../examples/hillstrom/campaign.yaml");

const RUN = `title: two mails
campaign: campaign.yaml
counts: population.yaml
population:
  user: null
  arm: segment
  arms:
    none: { holdout: true }
    his: { variant: mens, offer: mens-email }
    hers: { variant: womens, offer: womens-email }
`;

const PROVE = `title: two mails
plan:
  metrics:
    - { id: visit, column: visit, kind: share }
sources:
  table:
    arm: segment
    control: none
    arms: { none: holdout, his: mens, hers: womens }
    shares: { none: 33.3333 %, his: 33.3333 %, hers: 33.3333 % }
    assigned: before contact
  counts: outcomes.yaml
`;

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "hongbao-run-"));
  const campaign = await readFile(CAMPAIGN, "utf8");
  for (const [name, text] of [
    ["campaign.yaml", campaign],
    ["run.yaml", RUN],
    ["prove.yaml", PROVE],
    ["population.yaml", counts({ holdout: 41, mens: 40, womens: 42 })],
  ] as const) {
    await writeFile(join(project, name), text);
  }
});
afterEach(() => rm(project, { recursive: true, force: true }));

function counts(users: Readonly<Record<string, number>>): string {
  const arms = Object.entries(users).map(
    ([arm, n]) => `  ${arm}: { n: ${n}, outcomes: { visit: { sum: 9, sumSquares: 9 } } }`,
  );
  return ["source: a test", "arms:", ...arms, ""].join("\n");
}

/** Runs the project's population and judges it by outcomes of so many users an arm. */
async function runJudgedBy(users: Readonly<Record<string, number>>): Promise<number> {
  await writeFile(join(project, "outcomes.yaml"), counts(users));
  const silent = new PassThrough().resume() as unknown as NodeJS.WriteStream;
  const terminal = openTerminal({ stdout: silent, stderr: silent, env: {} });
  const flags = { data: join(project, "out") };
  return await run({ terminal, args: [project], flags, env: {}, json: true });
}

it("judges outcomes of the users that the journal assigned", async () => {
  expect(await runJudgedBy({ holdout: 41, mens: 40, womens: 42 })).toBe(EXIT.ok);
  expect((await stat(join(project, "out", "verdict.json"))).size).toBeGreaterThan(0);
});

it.each([
  ["more", { holdout: 41, mens: 43, womens: 42 }, 'arm "mens" has 43 users here and 40 in the'],
  ["fewer", { holdout: 40, mens: 40, womens: 42 }, 'arm "holdout" has 40 users here and 41 in the'],
])("refuses outcomes of %s users than the journal assigned to an arm", async (_, users, says) => {
  await expect(runJudgedBy(users)).rejects.toMatchObject({
    code: "invalid_file",
    message: `${join(project, "prove.yaml")}: ${says} journal`,
  });
  await expect(stat(join(project, "out", "verdict.json"))).rejects.toThrow("ENOENT");
});
