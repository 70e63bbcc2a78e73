// A definition as a campaign file: read again it is the same, for every campaign of the repository,
// for such as the simulation makes, and for every key that a file can have.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Schedule } from "../../../../test/simulation/schedule.ts";
import {
  type CampaignDefinition,
  type CapDefinition,
  COMPENSATION_CAP,
  type WaveDefinition,
} from "../../../core/definition.ts";
import { BASE } from "../base-campaign.fixture.ts";
import { makeSalt } from "../derive.ts";
import { campaignFileSchema } from "../file-schema.ts";
import { lineUp } from "../line-up-revision.ts";
import { parseCampaignFile } from "../parse-campaign.ts";
import { resolveFile } from "../resolve.ts";
import { SourceTree } from "../source-tree.ts";
import { writeCampaign } from "./write-campaign.ts";

function definitionOf(yaml: string): CampaignDefinition {
  const { definition, problems } = parseCampaignFile(yaml);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return definition!;
}

function written(definition: CampaignDefinition, version = 0): string {
  const { yaml, problems } = writeCampaign(definition, version);
  expect(problems).toEqual([]);
  return yaml!;
}

/** To the order of its keys: a revision that changes nothing is told by it. */
function expectSame(read: CampaignDefinition, definition: CampaignDefinition): void {
  expect(JSON.stringify(read)).toBe(JSON.stringify(definition));
}

/** Every key that a campaign file can have, but for words of which there can be only one. */
const EVERYTHING = `campaign: everything
title: 'A title: with "quotes", # and 红包'
currency: KWD
timeZone: America/New_York
budget: 90071992547.409
starts: 2026-03-01T00:00:00-05:00
ends: 2026-03-21T00:00:00-04:00
closes: 2026-05-01T12:34:56.789-04:00
settlingLag: 90m
releaseGrace: 24h
rehearsal: true
fourEyes: true
grey: { share: 12.5 %, until: 2026-03-10T00:00:00-04:00 }
beacon:
  chain:
    hash: ${"ab".repeat(32)}
    publicKey: ${"cd".repeat(48)}
    scheme: pedersen-bls-chained
    genesis: 2020-07-22T15:17:30Z
    period: 30s
  round: 7000000
waves:
  - id: one
    from: 2026-03-01T00:00:00-05:00
    to: 2026-03-11T00:00:00-04:00
    budget: 600.500
    pacing: { curve: front-loaded, unused: spread }
  - id: two
    from: 2026-03-08T00:00:00-05:00
    to: 2026-03-21T00:00:00-04:00
    budget: 400
    pacing: { demand: [${Array.from({ length: 24 }, (_, hour) => hour % 7).join(", ")}] }
  - { id: three, from: 2026-03-12T00:00:00-04:00, to: 2026-03-21T00:00:00-04:00 }
  - id: "4"
    from: 2026-03-13T00:00:00-04:00
    to: 2026-03-21T00:00:00-04:00
    budget: 1
    pacing:
      points:
        - { at: 2026-03-14T00:00:00-04:00, share: 0.123456789 }
        - { at: 2026-03-20T00:00:00-04:00, share: 1 }
  - id: five
    from: 2026-03-14T00:00:00-04:00
    to: 2026-03-21T00:00:00-04:00
    budget: 1
    pacing: even
facts: { age: int, tags: list of string, vip: bool }
lists: ["123", "null"]
offers:
  - id: fixed
    title: "null"
    wave: one
    audience: known
    matures: 1h
    eligible: >-
      age >= 18 && inList("123") && (tags.exists(one, one == "a  b") || vip || age == 17)
    reward: { fixed: 0.001 }
    expires: { after: 2w }
  - id: table
    wave: two
    eligible: |
      age > 20
        && !inList("null")
    reward: { table: [{ amount: 5, odds: 1 }, { amount: 0.250, odds: 99 }] }
    expires: { at: 2026-04-20T00:00:00-04:00 }
  - id: pot
    wave: three
    reward: { pot: { total: 100, packets: 10, min: 1, max: 50 } }
    expires: { after: 36h }
  - { id: friend, wave: one, by: invite, reward: { fixed: 2 }, expires: { after: 90s } }
  - { id: host, wave: two, by: invite, reward: { fixed: 3 }, expires: { after: 1d } }
invites:
  - id: usual
    inviter: host
    invited: friend
  - id: friends
    inviter: host
    invited: friend
    from: 2026-03-08T12:00:00-04:00
    to: 2026-03-10T00:00:00-04:00
    openFor: 3h
    uses: 5
    accepts: anyone
    perInviter: { day: 2, total: 9 }
draws:
  - id: lots
    title: Lots
    opens: 2026-03-02T00:00:00-05:00
    closes: 2026-03-09T00:00:00-04:00
    audience: known
    by: invite
    earn: { invites: 3, per: day }
    entriesPerUser: 4
    winsPerUser: 2
    takeUp: 2d
    prizes:
      - { id: first, title: "1,000", amount: 100, stock: 1 }
      - { id: second, amount: 10, stock: 3 }
compensation: { budget: 50, amount: 1, max: 2, expires: { after: 3d } }
overissue: { factor: 1.25, redeemed: 60 %, uncertainty: 0.0333333, atMost: 0.1 % }
contingency: { line: "no", amount: 12.345 }
attributes: [device, merchant, ip]
caps:
  - { id: a, of: user, counts: money, limit: 300.000 }
  - { id: b, of: device, counts: grants, per: hour, limit: 5, refund: yes, missing: shared }
  - { id: c, of: "offer:fixed", counts: grants, per: day, limit: 7, refund: no }
  - { id: d, of: merchant, counts: money, per: minute, limit: 9, on: redemption, missing: skip }
  - { id: e, of: ip, counts: grants, limit: 8, blockFor: 2h }
holdout: { share: 3 %, masked: true, salt: ${"0a".repeat(16)} }
assignment: given
variants: [{ id: a, share: 0.3333333333333333 }, { id: b, share: 0.6666666666666667 }]
audiences:
  - { id: known, holdout: 0.05 }
  - { id: others, holdout: 0, salt: ${"1b".repeat(16)} }
surfaces: [banner]
measure: { what: something, kept: elsewhere }
`;

/** Seeds of the simulation whose campaigns are looked at; of the first also what they become. */
const [OPENED, REVISED] = [250, 20];

describe("a campaign's rules as a file", () => {
  test("read again, a file of the repository is the same definition", () => {
    const folders = readdirSync("examples", { recursive: true, encoding: "utf8" });
    const files = [
      ...folders.filter((name) => name.endsWith(".yaml")).map((name) => join("examples", name)),
      "bench/plan/campaign.yaml",
    ];
    const campaigns = files
      .map((file) => readFileSync(file, "utf8"))
      .filter((text) => /^campaign: /m.test(text) && /^budget: /m.test(text));
    expect(campaigns.length).toBeGreaterThanOrEqual(7);
    for (const text of [...campaigns, BASE]) {
      const definition = definitionOf(text);
      expectSame(definitionOf(written(definition)), definition);
    }
  });

  test("every key that a file can have comes back, in every form", () => {
    const definition = resolved(EVERYTHING);
    const yaml = written(definition, 3);
    expectSame(resolved(yaml), definition);
    // A file of its own is what it was written to.
    expect(written(resolved(yaml), 3)).toBe(yaml);
    const { shape } = campaignFileSchema as unknown as { shape: object };
    for (const key of Object.keys(shape)) {
      expect(EVERYTHING, key).toMatch(new RegExp(`^${key}:`, "m"));
      expect(yaml, key).toMatch(new RegExp(`^${key}:`, "m"));
    }
    const lines = yaml.split("\n").filter((line) => !line.includes("publicKey"));
    expect(lines.filter(({ length }) => length > 100)).toEqual([]);
  });

  test("whatever the simulation opens and revises comes back, changed by nothing", async () => {
    let [count, isExact] = [0, 0];
    for (let seed = 1; seed <= OPENED; seed++) {
      const schedule = new Schedule(seed);
      if (seed <= REVISED) await schedule.run();
      for (const definition of schedule.definitions.filter(areInOrder).map(sayable)) {
        const { yaml, problems } = writeCampaign(definition, 1);
        expect(problems, `seed ${seed}`).toEqual([]);
        const read = resolved(yaml!);
        expect(lineUp(definition, read).definition, `seed ${seed}`).toEqual(definition);
        count += 1;
        if (JSON.stringify(sorted(read)) === JSON.stringify(sorted(definition))) isExact += 1;
      }
    }
    // Of most not even the order of anything is another one.
    expect(count).toBeGreaterThan(OPENED / 2);
    expect(isExact).toBeGreaterThan(count / 3);
  });

  test("is written as a person would write it", () => {
    const definition = definitionOf(BASE.replace("limit: 100.00", "limit: 18.00"));
    expect(written(definition)).toBe(`# Campaign spring as it was opened, written from the rules \
that the server keeps.
# They say what the file said that came in; its comments and its own wording are not kept.

campaign: spring
title: Spring
currency: CNY
timeZone: Asia/Shanghai
budget: 1000.00

starts: 2026-03-01T00:00:00+08:00
ends: 2026-03-11T00:00:00+08:00
closes: 2026-04-01T00:00:00+08:00

waves:
  - id: one
    from: 2026-03-01T00:00:00+08:00
    to: 2026-03-06T00:00:00+08:00
    budget: 600.00
  - id: two
    from: 2026-03-06T00:00:00+08:00
    to: 2026-03-11T00:00:00+08:00
    budget: 400.00

offers:
  - id: card
    wave: one
    reward: { fixed: 25.00 }
    expires: { at: 2026-03-20T00:00:00+08:00 }
  - id: luck
    wave: two
    audience: known
    reward:
      table:
        - { amount: 88.00, odds: 1 }
        - { amount: 2.88, odds: 999 }
    expires: { after: 7d }

attributes: [ device, merchant ]
caps:
  - { id: per-user, of: user, counts: money, limit: 18.00 }
  - { id: per-device, of: device, counts: grants, per: hour, limit: 3 }

holdout: { share: 2 % }
audiences:
  - { id: known, holdout: 5 % }
`);
  });

  test("says what a definition does not hold of the file that it came from", () => {
    const yaml = written(definitionOf(EVERYTHING_SAYS), 2);
    expect(yaml).toContain("# Campaign spring as version 2 has it");
    expect(yaml).toContain("points of the curve are kept, not the weights");
    expect(yaml).toContain("its hash is kept, not its text");
    expect(yaml).toContain("Whom a list holds is in no file: it is imported");
    expect(yaml).toContain("keeps the terms of that version");
    expect(yaml).toMatch(/measure: \{ sha256: [0-9a-f]{64} \}$/m);
  });

  test("what no file can say is told, and no file is made that says something else", () => {
    const definition = definitionOf(BASE);
    const refused = (change: Partial<CampaignDefinition>): string[] => {
      const { yaml, problems } = writeCampaign({ ...definition, ...change }, 0);
      expect(yaml).toBeNull();
      return problems.map(({ path, expected, found }) => `${path}: ${expected}; ${found}`);
    };
    expect(refused({ settlingLagMs: 1500 })).toEqual([
      "settlingLag: 1.5 seconds; 2 seconds, the nearest that a file can say",
    ]);
    const [card, ...others] = definition.offers;
    expect(refused({ offers: [{ ...card!, maturesMs: 5_400_500 }, ...others] })).toEqual([
      "offers card matures: 5400.5 seconds; 5,401 seconds, the nearest that a file can say",
    ]);
    const grey = { share: 0.5, salt: "00".repeat(16) };
    expect(refused({ grey })[0]).toMatch(/^grey salt: "0{32}"; "[0-9a-f]{32}", the nearest/);
    expect(refused({ title: "" })[0]).toMatch(/^title: text of 1 to 200 characters/);
  });

  test("text from outside stays a value, whatever is in it", () => {
    for (const title of ["a\u0007b\u0000", "x\nbudget: 1", "# no", "- [", "25.00", " a ", "'\""]) {
      const definition = { ...definitionOf(BASE), title };
      expectSame(resolved(written(definition)), definition);
    }
  });
});

const EVERYTHING_SAYS = `${BASE.replace(
  "budget: 600.00",
  `budget: 600.00\n    pacing: { demand: [${Array.from({ length: 24 }, (_, i) => i).join(", ")}] }`,
)}lists: [vip]
measure: { what: this }
`;

/** As a file is read, whether or not its rules are sound. */
function resolved(yaml: string): CampaignDefinition {
  const source = new SourceTree(yaml);
  expect(source.problems).toEqual([]);
  const findings: never[] = [];
  const file = campaignFileSchema.parse(source.value);
  const definition = resolveFile(file, (path) => source.textOf(path), findings);
  expect(findings).toEqual([]);
  return definition;
}

/** No file has its waves in another order. */
function areInOrder({ waves }: CampaignDefinition): boolean {
  return waves.every(({ fromMs }, i) => i === 0 || waves[i - 1]!.fromMs <= fromMs);
}

/** In a file the limits of a wave's caps are its budget. */
function alignCaps({ caps }: CampaignDefinition, { id, budgetMinor: limit }: WaveDefinition): void {
  if (limit === null) return;
  const budget: CapDefinition = {
    ...{ id: `wave-budget:${id}`, dimension: `wave:${id}`, limit, refund: true },
    ...{ counts: "money", per: "total", on: "claim", missing: "refuse" },
  };
  if (!caps.some((cap) => cap.id === budget.id)) caps.push(budget);
  for (const cap of caps) {
    if (cap.id === budget.id || cap.id === `wave-pacing:${id}`) cap.limit = limit;
  }
}

/** The simulation dares more than a file can say: no instant of it needs whole seconds. */
function sayable(daring: CampaignDefinition): CampaignDefinition {
  const definition = structuredClone(daring);
  const whole = (ms: number): number => Math.ceil(ms / 1000) * 1000;
  definition.settlingLagMs = whole(definition.settlingLagMs);
  if (definition.releaseGraceMs !== undefined) {
    definition.releaseGraceMs = whole(definition.releaseGraceMs);
  }
  for (const invite of definition.invites ?? []) {
    if (invite.openMs !== null) invite.openMs = whole(invite.openMs);
  }
  for (const offer of definition.offers) {
    const { expiry, maturesMs } = offer;
    if (expiry.kind === "after") expiry.afterMs = whole(expiry.afterMs);
    if (maturesMs !== undefined) offer.maturesMs = whole(maturesMs);
    if (offer.reward.kind === "compensation") {
      Object.assign(offer, { id: "compensation", title: "Compensation" });
    }
  }
  for (const cap of definition.caps) {
    if (cap.blockMs !== undefined) cap.blockMs = whole(cap.blockMs);
  }
  for (const wave of definition.waves) alignCaps(definition, wave);
  const line = definition.caps.find(({ id }) => id === COMPENSATION_CAP);
  if (line !== undefined) line.dimension = "offer:compensation";
  if (definition.grey !== undefined) definition.grey.salt = makeSalt(definition.id, "grey");
  return definition;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
