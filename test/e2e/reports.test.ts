// Reports that a server keeps: every kind is told from the others and held against its schema; they
// outlive a restart; what is no report leaves nothing behind.
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { HongbaoError } from "../../src/base/error.ts";
import { LIMITS } from "../../src/base/limits.ts";
import { project } from "../../src/cli/prove/project.ts";
import { openTerminal } from "../../src/cli/terminal.ts";
import { value } from "../../src/cli/value/value.ts";
import type { Verb } from "../../src/cli/verb.ts";
import { type Client, createClient } from "../../src/client/index.ts";
import { type KeyInput, REPORT_KINDS, type ReportView } from "../../src/contract/index.ts";
import {
  fileReportStore,
  Keys,
  memoryKeyStore,
  type RunningServer,
  startServer,
} from "../../src/server/index.ts";
import { memoryReportStore, type ReportStore, Reports } from "../../src/server/reports.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { type Drill, openDrill } from "../contract/subjects.ts";
import { type ReportObject, reportObject } from "../report-objects.fixture.ts";

let verdict: ReportObject;
let folder: string;
let drill: Drill;
let keys: Keys;
let server: RunningServer;
let admin: Client;
const clients: Client[] = [];

beforeAll(async () => {
  verdict = await reportObject("verdict");
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-reports-"));
  drill = await openDrill();
  keys = await Keys.open(memoryKeyStore());
  server = await start(fileReportStore(folder));
  admin = await clientOf({ name: "admin", scope: "admin" });
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const client of clients.splice(0)) await client.close();
  await server.close();
  await drill.engine.close();
  await rm(folder, { recursive: true });
});

function start(reports: ReportStore): Promise<RunningServer> {
  return startServer({ engine: drill.engine, keys, reports, port: 0, logLevel: "silent" });
}

async function restart(reports: ReportStore): Promise<void> {
  await server.close();
  server = await start(reports);
  admin = await clientOf({ name: "admin", scope: "admin" });
}

async function clientOf(input: KeyInput): Promise<Client> {
  const { secret } = await keys.add(input, 1);
  const client = createClient({ url: server.url, key: secret, totalMs: 0 });
  clients.push(client);
  return client;
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof HongbaoError ? error.code : error),
  );
const messageOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "done",
    (error: Error) => error.message,
  );
const files = (): Promise<string[]> => readdir(join(folder, "reports"));

describe("a report", () => {
  test.each(REPORT_KINDS)(
    "of the kind %s is known, kept, and comes back as it was",
    async (kind) => {
      const report = kind === "verdict" ? verdict : await reportObject(kind);
      const { report: kept } = await admin.report.add({ report, campaign: CAMPAIGN });
      expect(kept).toMatchObject({ kind, title: report.title, campaign: CAMPAIGN });
      const valued = kind === "valuation" ? (report.campaign as Record<string, string>) : null;
      expect(kept!.grade).toBe(valued === null ? report.grade : valued.grade);
      expect(kept!.basis).toBe(valued?.source);
      await restart(fileReportStore(folder));
      const { reports } = await admin.report.list();
      expect(reports).toEqual([kept]);
      const shown = await admin.report.show({ report: kept!.report });
      expect(shown.report).toEqual(report);
      expect(shown.view).toEqual(kept);
      const { mode } = await stat(join(folder, "reports", `${kept!.report}.ndjson`));
      expect(mode & 0o077).toBe(0);
    },
  );

  test("added again is the same, at once too; about another campaign another", async () => {
    const adds = Array.from({ length: 4 }, () => admin.report.add({ report: verdict }));
    const ids = (await Promise.all(adds)).map(({ report }) => report!.report);
    expect(new Set(ids).size).toBe(1);
    const other = await admin.report.add({ report: verdict, campaign: CAMPAIGN });
    expect(ids).not.toContain(other.report!.report);
    expect(await files()).toHaveLength(2);
  });

  test("keeps what it was made from, by name", async () => {
    const files = { "plan.yaml": "title: a plan # with a comment\n", "campaign.yaml": "é" };
    const { report, files: names } = (await admin.report.add({ report: verdict, files })).report!;
    expect(names).toEqual(["plan.yaml", "campaign.yaml"]);
    await restart(fileReportStore(folder));
    const shown = await admin.report.show({ report });
    expect([shown.report, shown.files]).toEqual([verdict, files]);
    for (const name of ["../plan.yaml", "", ".bashrc", "a/b", "__proto__", "x".repeat(65)]) {
      const odd = { report: verdict, files: Object.fromEntries([[name, "text"]]) };
      expect(await codeOf(admin.report.add(odd)), name).toBe("invalid_request");
    }
    const none = (await admin.report.add({ report: verdict, files: {} })).report!;
    expect(none).toEqual((await admin.report.add({ report: verdict })).report);
    expect(none.files).toBeUndefined();
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, "x"]));
    expect(await messageOf(admin.report.add({ report: verdict, files: many }))).toMatch(
      /^\$\.files: expected at most 8 files/,
    );
  });

  test("is shown as it was kept: nothing large is parsed beside the claims", async () => {
    const files = { "plan.yaml": "x".repeat(100_000) };
    const parsed = vi.spyOn(JSON, "parse");
    const written = vi.spyOn(JSON, "stringify");
    const largest = (): number =>
      Math.max(
        ...parsed.mock.calls.map(([text]) => String(text).length),
        ...written.mock.results.map(({ value }) => String(value).length),
      );
    const { secret } = await keys.add({ name: "reader", scope: "viewer" }, 1);
    const { report } = (await admin.report.add({ report: verdict, files })).report!;
    expect(largest()).toBeGreaterThan(100_000); // taken, it was parsed
    parsed.mockClear();
    written.mockClear();
    const headers = { authorization: `Bearer ${secret}` };
    const text = await (await fetch(`${server.url}/v1/reports/${report}`, { headers })).text();
    expect(largest()).toBeLessThan(10_000);
    vi.restoreAllMocks();
    expect(JSON.parse(text)).toMatchObject({ status: "ok", report: verdict, files });
  });

  test("is removed for good, once", async () => {
    const { report } = (await admin.report.add({ report: verdict })).report!;
    expect(await admin.report.remove({ report })).toMatchObject({ status: "ok", report });
    expect(await codeOf(admin.report.remove({ report }))).toBe("unknown_report");
    expect(await codeOf(admin.report.show({ report }))).toBe("unknown_report");
    expect(await files()).toEqual([]);
  });

  test("is about a campaign that is there", async () => {
    const answer = await admin.report.add({ report: verdict, campaign: "nowhere" });
    expect(answer).toMatchObject({ status: "unknown_campaign" });
    expect(answer.report).toBeUndefined();
    expect((await admin.report.list()).reports).toEqual([]);
  });
});

describe("--publish", () => {
  const run = async (verb: Verb, file: string, flags: object): Promise<string> => {
    const { secret } = await keys.add({ name: "cli", scope: "admin" }, 1);
    const stderr = new PassThrough();
    let told = "";
    stderr.on("data", (part: Buffer) => (told += part.toString()));
    const [out, err] = [new PassThrough(), stderr] as unknown as NodeJS.WriteStream[];
    const terminal = openTerminal({ stdout: out!, stderr: err!, env: {} });
    const env = { HONGBAO_URL: server.url, HONGBAO_KEY: secret };
    await verb({ terminal, args: [file], flags: { ...flags }, env, json: true });
    return told;
  };

  test("keeps what was found, about its campaign, with the files it was made from", async () => {
    const table = "examples/tables/works-and-loses.yaml";
    const told = await run(project, table, { publish: true, campaign: CAMPAIGN });
    expect(told).toMatch(/kept on the server as r-/);
    await run(value, "examples/qwen-2026", { publish: true });
    const { reports } = await admin.report.list();
    expect(reports.map(({ kind }) => kind).sort()).toEqual(["valuation", "verdict"]);
    const valued = reports.find(({ kind }) => kind === "valuation")!;
    expect(valued.files).toEqual(["value.yaml", "plan.yaml", "announced.yaml"]);
    expect(reports.find(({ kind }) => kind === "verdict")!.campaign).toBe(CAMPAIGN);
    const nowhere = run(project, table, { publish: true, campaign: "nowhere" });
    expect(await messageOf(nowhere)).toMatch(/^--campaign: expected a campaign of the server/);
    expect(await messageOf(run(project, table, { campaign: CAMPAIGN }))).toMatch(
      "--campaign: expected --publish, too, found none",
    );
  });
});

describe("who may", () => {
  test("add and remove: an admin; look: a viewer; neither: apps and merchants", async () => {
    const { report } = (await admin.report.add({ report: verdict })).report!;
    const viewer = await clientOf({ name: "viewer", scope: "viewer" });
    expect((await viewer.report.list()).reports).toHaveLength(1);
    expect((await viewer.report.show({ report })).report).toEqual(verdict);
    expect(await codeOf(viewer.report.add({ report: verdict }))).toBe("forbidden");
    expect(await codeOf(viewer.report.remove({ report }))).toBe("forbidden");
    const app = await clientOf({ name: "app", scope: "app" });
    expect(await codeOf(app.report.list())).toBe("forbidden");
    expect(await codeOf(app.report.show({ report }))).toBe("forbidden");
  });

  test("look from within one campaign: at what is about that campaign", async () => {
    const own = (await admin.report.add({ report: verdict, campaign: CAMPAIGN })).report!;
    const other = (await admin.report.add({ report: verdict })).report!;
    const bound = await clientOf({ name: "bound", scope: "viewer", campaign: CAMPAIGN });
    expect((await bound.report.list()).reports).toEqual([own]);
    expect(await codeOf(bound.report.show({ report: other.report }))).toBe("unknown_report");
    const elsewhere = await clientOf({ name: "else", scope: "viewer", campaign: "else" });
    expect((await elsewhere.report.list()).reports).toEqual([]);
    expect(await codeOf(elsewhere.report.show({ report: own.report }))).toBe("unknown_report");
  });
});

describe("what is no report is refused, with its place, and leaves nothing", () => {
  test.each<[string, () => ReportObject, RegExp]>([
    [
      "an empty object",
      () => ({}),
      /^\$\.report: expected a verdict \(studies, unanswered, …\) or/,
    ],
    ["another one", () => ({ title: "a campaign" }), /found an object of no such kind$/],
    ["what every object has", () => ({ constructor: 1, toString: 1 }), /no such kind$/],
    ["half a verdict", () => ({ studies: [], unanswered: [] }), /^\$\.report\.\w+: expected/],
    [
      "a wrong value deep inside",
      () => ({ ...verdict, studies: [{ ...(verdict.studies as object[])[0], users: "many" }] }),
      /^\$\.report\.studies\[0\]\.\w+: expected/,
    ],
    ["a key of no schema", () => ({ ...verdict, more: 1 }), /^\$\.report\.more: expected no such/],
    [
      "half a character",
      () => ({ ...verdict, title: "\ud83e" }),
      /^\$\.report: expected well-formed Unicode/,
    ],
  ])("%s", async (_, report, message) => {
    expect(await messageOf(admin.report.add({ report: report() }))).toMatch(message);
    expect(await files().catch(() => [])).toEqual([]);
  });

  const raw = async (body: string): Promise<[number, string]> => {
    const { secret } = await keys.add({ name: "raw", scope: "admin" }, 1);
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const response = await fetch(`${server.url}/v1/reports`, { method: "POST", headers, body });
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };

  test("a huge one, a deep one, two keys of one name, a list, __proto__", async () => {
    const huge = JSON.stringify({ report: { ...verdict, title: "x".repeat(LIMITS.reportBytes) } });
    expect(await raw(huge)).toEqual([413, "body_too_large"]);
    const nested = "[".repeat(50_000) + "]".repeat(50_000);
    const deep = `{"report":{"studies":${nested},"unanswered":[]}}`;
    expect(await raw(deep)).toEqual([400, "invalid_request"]);
    const text = JSON.stringify(verdict);
    expect(await raw(`{"report":{"title":"a",${text.slice(1)}}`)).toEqual([400, "invalid_request"]);
    expect(await raw(`{"report":[${text}]}`)).toEqual([400, "invalid_request"]);
    expect(await raw(`{"report":{"__proto__":{},${text.slice(1)}}`)).toEqual([
      400,
      "invalid_request",
    ]);
    expect(await files().catch(() => [])).toEqual([]);
  });

  test("an id that would lead elsewhere finds nothing", async () => {
    await writeFile(join(folder, "secret.ndjson"), "{}\n{}\n");
    for (const report of ["../secret", "..%2Fsecret", "r-../../../etc/passwd", "__proto__"]) {
      expect(await codeOf(admin.report.show({ report }))).toBe("unknown_report");
      expect(await codeOf(admin.report.remove({ report }))).toBe("unknown_report");
    }
    expect(await readFile(join(folder, "secret.ndjson"), "utf8")).toBe("{}\n{}\n");
  });

  test("a title of any length and script is told in full, and listed cut", async () => {
    const title = `<script>alert(1)</script>${"长".repeat(5000)}`;
    const { report } = (await admin.report.add({ report: { ...verdict, title } })).report!;
    const [listed] = (await admin.report.list()).reports;
    expect([...listed!.title]).toHaveLength(200);
    expect((await admin.report.show({ report })).report.title).toBe(title);
  });
});

describe("the folder", () => {
  test("may hold other things: they are neither listed nor touched", async () => {
    const { report } = (await admin.report.add({ report: verdict })).report!;
    const place = join(folder, "reports");
    await writeFile(join(place, "r-00000000000000000000.ndjson"), "half a fi");
    await writeFile(join(place, `${report}.ndjson.123.new`), "what a crash left");
    await writeFile(join(place, "notes.txt"), "mine");
    await restart(fileReportStore(folder));
    expect((await admin.report.list()).reports.map((one) => one.report)).toEqual([report]);
    expect(await files()).toHaveLength(4);
  });

  test("whose file was changed says so, and takes the same report again", async () => {
    const { report } = (await admin.report.add({ report: verdict })).report!;
    const file = join(folder, "reports", `${report}.ndjson`);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll("womens", "others"));
    expect(await messageOf(admin.report.show({ report }))).toMatch(/is not what was added/);
    await admin.report.add({ report: verdict });
    expect((await admin.report.show({ report })).report).toEqual(verdict);
  });

  test("that cannot be read is an error of this request; later it is read", async () => {
    await symlink(join(folder, "reports"), join(folder, "reports")); // a ring
    await restart(fileReportStore(folder));
    expect(await codeOf(admin.report.list())).toBe("internal");
    await rm(join(folder, "reports"));
    expect((await admin.report.list()).reports).toEqual([]);
    expect(await drill.engine.failure).toBeNull();
  });

  test("on a full disk keeps what it had", async () => {
    const full: ReportStore = {
      ...memoryReportStore(),
      write: () => Promise.reject(new HongbaoError({ code: "disk_full", message: "no room" })),
    };
    await restart(full);
    expect(await codeOf(admin.report.add({ report: verdict }))).toBe("disk_full");
    expect((await admin.report.list()).reports).toEqual([]);
  });

  test("holds so many, and no more", async () => {
    const kept = Array.from({ length: LIMITS.reports }, (_, i): ReportView => {
      const named = { report: `r-${i}`, kind: "verdict", title: "one" } as const;
      return { ...named, addedAtMs: i, addedBy: "k-1", bytes: 1 };
    });
    const reports = new Reports({ ...memoryReportStore(), list: async () => kept });
    const added = { report: verdict, addedAtMs: 1, addedBy: "k-1" };
    await expect(reports.add(added)).rejects.toThrow(/500 reports already: remove one first/);
    await reports.remove("r-7");
    await reports.add(added);
    expect(await reports.list()).toHaveLength(LIMITS.reports);
  });
});
