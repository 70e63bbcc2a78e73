// Sends mutated requests to a real server on a real socket, one at a time, and checks each answer
// and the state behind it: never a 5xx, always a code of the catalogue, nothing changed by what was
// refused, and the books add up whatever happens; at the end verify finds the journal sound.
import { createHash } from "node:crypto";
import { randomStream } from "../../src/base/keystream.ts";
import { errorEntry, isErrorCode, isStatus, statusHttp } from "../../src/contract/index.ts";
import { DrivenClock, Engine, execute, MemorySecrets } from "../../src/host/index.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import { verifyRecords } from "../../src/journal/verify/verify.ts";
import { createMcpMount } from "../../src/mcp/index.ts";
import { Keys, memoryKeyStore, startServer } from "../../src/server/index.ts";
import { CAMPAIGN, type Known, nextRequest, SPARE, toBytes, type Wire } from "./fuzz-requests.ts";
import { type RawAnswer, RawConnection, type RawOutcome } from "./raw-connection.ts";

export interface FuzzOptions {
  requests: number;
  seed: number;
  say?: (line: string) => void;
}

export interface FuzzReport {
  requests: number;
  /** Answers by status or error code. */
  answers: Record<string, number>;
  /** Connections that the server ended without an answer, as it may with broken HTTP. */
  closed: number;
  /** Records of the journal that all this left, which verify found sound. */
  records: number;
}

const LEDGER = "fuzz";
const STARTS_AT_MS = Date.parse("2026-02-06T08:00:00+08:00");
/** HTTP's own numbers, for requests that never became one. */
const OF_HTTP = new Set([400, 408, 431]);

export async function runFuzz({ requests, seed, say }: FuzzOptions): Promise<FuzzReport> {
  const target = await openTarget();
  const random = randomStream(seed, "fuzz");
  const report: FuzzReport = { requests, answers: {}, closed: 0, records: 0 };
  const connection = new RawConnection(target.port);
  let before = target.digest();
  try {
    for (let i = 0; i < requests; i++) {
      const wire = nextRequest(random, target.known);
      const { bytes, half } = toBytes(wire);
      const outcome = await connection.exchange(bytes, { head: wire.method === "HEAD", half });
      const after = target.digest();
      try {
        check(wire, outcome, before, after, report, target.known);
      } catch (error) {
        const sent = bytes.toString("latin1").slice(0, 1500);
        throw new Error(`request ${i}, seed ${seed}: ${String(error)}\n${sent}`, { cause: error });
      }
      before = after;
      if (outcome !== "closed" && outcome !== "silent" && isOver(wire, outcome)) connection.close();
      if (i % 10_000 === 9999) say?.(`${i + 1} requests`);
    }
    report.records = await target.verify();
    return report;
  } finally {
    connection.close();
    await target.close();
  }
}

interface Digest {
  /** Everything that a request can change. */
  state: string;
  sequence: number;
  imbalanceMinor: number;
}

async function openTarget() {
  const sha256 = (bytes: Uint8Array): Uint8Array =>
    new Uint8Array(createHash("sha256").update(bytes).digest());
  const engine = await Engine.open({
    journal: createMemoryJournal({ ledgerId: LEDGER, sha256 }),
    secrets: new MemorySecrets(new Uint8Array(32).fill(3)),
    clock: new DrivenClock(STARTS_AT_MS),
    ticking: false,
  });
  for (const id of [CAMPAIGN, SPARE]) {
    const body = { yaml: campaignYaml(id) };
    await execute(engine, "campaign.open", { params: {}, query: null, body });
  }
  const keys = await Keys.open(memoryKeyStore());
  const secret = async (scope: "admin" | "app" | "viewer" | "merchant", more: object = {}) =>
    (await keys.add({ name: scope, scope, ...more }, 1)).secret;
  const revoked = await keys.add({ name: "revoked", scope: "app" }, 1);
  await keys.revoke(revoked.key.key, 1);
  const known: Known = {
    keys: {
      admin: await secret("admin"),
      app: await secret("app"),
      viewer: await secret("viewer"),
      merchant: await secret("merchant", { merchant: "m-1" }),
      stranger: await secret("merchant", { merchant: "m-2" }),
      bound: await secret("app", { campaign: SPARE }),
      revoked: revoked.secret,
    },
    grants: [],
    redemptions: [],
    yaml: campaignYaml("opened"),
  };
  const mounts = [createMcpMount()];
  const server = await startServer({ engine, keys, port: 0, logLevel: "silent", mounts });
  const verify = async (): Promise<number> => {
    await engine.whenIdle();
    const report = await verifyRecords(engine.journal.read(), { ledgerId: LEDGER, sha256 });
    if (!report.ok) throw new Error(`an unsound journal: ${JSON.stringify(report.problems)}`);
    return report.lastSequence;
  };
  const close = async (): Promise<void> => {
    await server.close();
    await engine.close();
  };
  return { port: server.port, known, digest: () => digestOf(engine, keys), verify, close };
}

function digestOf(engine: Engine, keys: Keys): Digest {
  let imbalanceMinor = 0;
  const parts = engine.state.campaigns.map((campaign) => {
    const { books, counts, phase, ids, users, grantCount, redemptionCount } = campaign;
    const used = books.spentMinor + books.reservedMinor + books.settlingMinor;
    if (!(used + books.returnedMinor <= books.budgetMinor)) imbalanceMinor += 1;
    const clawedMinor = campaign.suspicion.books.clawedBackMinor;
    const over = books.expiredMinor + books.cancelledMinor + books.returnedMinor + clawedMinor;
    const live = books.issuedMinor - over;
    imbalanceMinor += Math.abs(live - books.spentMinor - books.reservedMinor);
    return [books, counts, phase, ids.count, users.count, grantCount, redemptionCount];
  });
  const state = JSON.stringify([parts, keys.size]);
  return { state, sequence: engine.journal.lastSequence, imbalanceMinor };
}

function check(
  wire: Wire,
  outcome: RawOutcome,
  before: Digest,
  after: Digest,
  report: FuzzReport,
  known: Known,
): void {
  if (outcome === "silent") throw new Error("no answer within ten seconds");
  if (after.imbalanceMinor !== 0) throw new Error(`the books do not add up: ${after.state}`);
  if (outcome === "closed") {
    report.closed += 1;
    if (wire.intact) throw new Error("an intact request was hung up on");
    // With a length that lies, its first part may have been a whole request, and was decided.
    if (wire.framing === "short" || wire.framing === "none") return;
    return mustBeUnchanged(before, after, "a connection hung up");
  }
  const { http, headers, body } = outcome;
  if (http >= 500 && http !== 503) throw new Error(`HTTP ${http}: ${body}`);
  if (/node_modules|\.[tj]s:\d+|at [A-Za-z]+ \(/.test(body)) throw new Error(`it leaks: ${body}`);
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("application/x-ndjson")) {
    return checkBatch(wire, body, { before, after, report, known });
  }
  if (!type.startsWith("application/json") || wire.method === "HEAD") {
    count(report, `http ${http}`);
    if (http >= 400) mustBeUnchanged(before, after, `HTTP ${http}`);
    return;
  }
  const value = JSON.parse(body) as Record<string, unknown>;
  if (isError(value)) {
    checkError(http, value.error, report);
    mustBeUnchanged(before, after, String(value.error.code));
    const refusedInVain = wire.intact && http === 400 && value.error.code !== "invalid_campaign";
    if (refusedInVain) throw new Error(`an intact request was refused: ${body}`);
    return;
  }
  checkDecided(http, value, report);
  learn(known, wire, value);
}

interface Change {
  before: Digest;
  after: Digest;
  report: FuzzReport;
  known: Known;
}

function checkBatch(wire: Wire, body: string, { before, after, report, known }: Change): void {
  const sent = wire.body!.toString("latin1").split("\n");
  const expected = sent.at(-1) === "" ? sent.length - 1 : sent.length;
  const lines = body.split("\n").slice(0, -1);
  // Lengths that lie make the server see another body than was sent.
  const honest = wire.framing === "length" || wire.framing === "chunked";
  if (honest && lines.length !== expected) {
    throw new Error(`expected ${expected} answers, got ${lines.length}`);
  }
  let refused = 0;
  for (const line of lines) {
    const value = JSON.parse(line) as Record<string, unknown>;
    if (isError(value)) {
      refused += 1;
      checkError(null, value.error, report);
      continue;
    }
    checkDecided(null, value, report);
    if (value.status === "granted") learn(known, wire, value);
  }
  if (refused === lines.length) mustBeUnchanged(before, after, "a batch of refused lines");
}

function isError(value: Record<string, unknown>): value is { error: Record<string, unknown> } {
  return typeof value.error === "object" && value.error !== null;
}

function checkError(http: number | null, error: Record<string, unknown>, report: FuzzReport): void {
  const code = String(error.code);
  if (!isErrorCode(code)) throw new Error(`unknown code ${code}`);
  const expected = errorEntry(code).http;
  const fits =
    http === null || http === expected || (code === "invalid_request" && OF_HTTP.has(http));
  if (!fits) throw new Error(`${code} with HTTP ${http}, expected ${expected}`);
  if (code === "internal" || code === "quarantined") throw new Error(JSON.stringify(error));
  if (code === "invalid_request" && typeof error.path !== "string") {
    throw new Error(`invalid_request without the path of the field: ${JSON.stringify(error)}`);
  }
  count(report, code);
}

function checkDecided(
  http: number | null,
  value: Record<string, unknown>,
  report: FuzzReport,
): void {
  if (value.openapi !== undefined) return count(report, "openapi");
  if (value.jsonrpc !== undefined) return count(report, "jsonrpc");
  const status = String(value.status);
  if (!isStatus(status)) throw new Error(`unknown status ${status}`);
  if (http !== null && http !== statusHttp(status)) throw new Error(`${status} with HTTP ${http}`);
  count(report, status);
}

function mustBeUnchanged(before: Digest, after: Digest, by: string): void {
  if (before.state === after.state && before.sequence === after.sequence) return;
  throw new Error(`changed by ${by}:\n${before.state}\n${after.state}`);
}

function count({ answers }: FuzzReport, name: string): void {
  answers[name] = (answers[name] ?? 0) + 1;
}

const MOST_KNOWN = 200;

function learn(known: Known, wire: Wire, value: Record<string, unknown>): void {
  const keep = (list: string[], one: unknown): void => {
    if (typeof one !== "string") return;
    list.push(one);
    if (list.length > MOST_KNOWN) list.shift();
  };
  if (value.status === "granted") keep(known.grants, value.grant);
  if (value.status !== "redeemed" || wire.body === null) return;
  const sent = JSON.parse(wire.body.toString()) as { id?: unknown };
  keep(known.redemptions, sent.id);
}

/** Leftovers of a lying length, and streams, end with their connection. */
function isOver(wire: Wire, { headers }: RawAnswer): boolean {
  const stream = headers.get("content-type")?.startsWith("text/event-stream") === true;
  return wire.fragile || stream;
}

function campaignYaml(id: string): string {
  return `
campaign: ${id}
title: Under fire
currency: CNY
timeZone: Asia/Shanghai
budget: 100000.00
starts: 2026-02-06T00:00:00+08:00
ends: 2026-02-20T00:00:00+08:00
closes: 2026-03-01T00:00:00+08:00
offers:
  - { id: card, reward: { fixed: 2.00 }, expires: { after: 2d } }
  - id: envelope
    reward: { table: [{ amount: 0.50, odds: 3 }, { amount: 8.00, odds: 1 }] }
    expires: { after: 2d }
attributes: [device, merchant]
caps:
  - { id: user-total, of: user, counts: grants, limit: 20 }
  - { id: device-day, of: device, counts: grants, per: day, limit: 50, missing: shared }
audiences:
  - { id: club, holdout: 2 % }
holdout: { share: 2 % }
`;
}
