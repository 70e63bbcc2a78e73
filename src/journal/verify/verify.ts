// verify: reads a journal from its first record and judges every event by books of its own, kept
// from the events alone. It shares no rule with the engine: neither deciding, nor applying, nor
// refunds. It needs no server, no secret and no node: module.
import { sameBytes, toHex } from "../../base/bytes.ts";
import { sha256 as portableSha256 } from "../../base/hash.ts";
import { firstChain, type JournalRecord, type Sha256 } from "../codec.ts";
import { FLAG_EPOCH, FLAG_SEAL, FLAG_TOTALS } from "../format.ts";
import { type CampaignReport, campaignReport } from "./books.ts";
import { CheckpointJudge, type CheckpointOptions, type CheckpointsReport } from "./checkpoints.ts";
import { EventJudge } from "./events.ts";
import { Findings, VERIFY_CHECKS, type VerifyCheck, type VerifyProblem } from "./findings.ts";
import { notesOn } from "./notes.ts";

export interface VerifyOptions {
  ledgerId: string;
  /** A quicker SHA-256 than the portable one. */
  sha256?: Sha256;
  /** Seeds of campaigns not closed yet, by campaign id: their lucky amounts are drawn again. */
  seeds?: Readonly<Record<string, Uint8Array>>;
  /** Checkpoints that the records must lead to. */
  checkpoints?: CheckpointOptions;
  /** Problems listed, and the first of each check beyond them; all are counted. */
  problemsMax?: number;
  /** Called now and then with the last record that was judged. */
  onProgress?: (progress: { sequence: number; events: number }) => void;
}

export interface VerifyReport {
  /** Nothing was found wrong. */
  ok: boolean;
  ledgerId: string;
  records: number;
  events: number;
  writerEpochs: number;
  /** The last record: its sequence, instant and chain value in hex. */
  lastSequence: number;
  lastAtMs: number;
  lastChain: string;
  problems: VerifyProblem[];
  /** All of them, also those beyond the list. */
  problemCount: number;
  checks: { name: VerifyCheck; states: string; count: number; problems: number }[];
  campaigns: CampaignReport[];
  checkpoints: CheckpointsReport;
  /** What this verification does not show, in plain words. */
  notes: string[];
}

const PROBLEMS_MAX = 100;
const PROGRESS_RECORDS = 64;

/** Judges records from sequence 1 on. Rejects only when reading them does. */
export async function verifyRecords(
  records: AsyncIterable<JournalRecord> | Iterable<JournalRecord>,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const sha256 = options.sha256 ?? portableSha256;
  const findings = new Findings(options.problemsMax ?? PROBLEMS_MAX);
  const judge = new EventJudge(options.ledgerId, sha256, options.seeds ?? {}, findings);
  const given = options.checkpoints ?? { given: [] };
  const checkpoints = new CheckpointJudge(given, options.ledgerId, sha256, findings);
  const last = {
    sequence: 0,
    atMs: 0,
    durableSequence: 0,
    writerEpoch: 0,
    epochs: 0,
    chain: firstChain(options.ledgerId, sha256),
  };
  for await (const record of records) {
    findings.sequence = record.sequence;
    findings.index = -1;
    findings.event = "record";
    findings.campaign = null;
    checkRecordFollows(record, last, findings);
    const { events, totals } = judge.record(record);
    findings.index = -1;
    findings.event = "record";
    findings.campaign = null;
    findings.same("events", "events of the header:", record.eventCount, events);
    checkFlags(record, totals, findings);
    checkpoints.record(record);
    if (record.sequence % PROGRESS_RECORDS === 0) {
      options.onProgress?.({ sequence: record.sequence, events: judge.events });
    }
  }
  options.onProgress?.({ sequence: last.sequence, events: judge.events });
  checkpoints.end(last.sequence);
  const campaigns = judge.campaigns.flatMap((campaign) => campaign ?? []);
  for (const { definition, merchants, money } of campaigns) {
    findings.campaign = definition.id;
    merchants.check(money.spentMinor, findings);
  }
  return {
    ok: findings.problemCount === 0,
    ledgerId: options.ledgerId,
    records: findings.counts.records,
    events: judge.events,
    writerEpochs: last.epochs,
    lastSequence: last.sequence,
    lastAtMs: last.atMs,
    lastChain: toHex(last.chain),
    problems: findings.problems,
    problemCount: findings.problemCount,
    checks: checksOf(findings),
    campaigns: campaigns.map(campaignReport),
    checkpoints: checkpoints.report,
    notes: notesOn(campaigns),
  };
}

interface LastRecord {
  sequence: number;
  atMs: number;
  durableSequence: number;
  writerEpoch: number;
  epochs: number;
  chain: Uint8Array;
}

/** Checksums and the chain value itself are the reader's; here: does it follow the last one? */
function checkRecordFollows(record: JournalRecord, last: LastRecord, findings: Findings): void {
  findings.same("records", "sequence", last.sequence + 1, record.sequence);
  if (!sameBytes(record.previousChain, last.chain)) {
    findings.wrong("records", `chain after ${toHex(last.chain)}`, toHex(record.previousChain));
  }
  if (record.atMs < last.atMs) {
    findings.wrong("records", `an instant not before ${last.atMs}`, `${record.atMs}`);
  }
  const { durableSequence, writerEpoch } = record;
  if (durableSequence < last.durableSequence || durableSequence >= record.sequence) {
    const expected = `a durable sequence of ${last.durableSequence} to ${record.sequence - 1}`;
    findings.wrong("records", expected, `${durableSequence}`);
  }
  const starts = (record.flags & FLAG_EPOCH) !== 0;
  if (writerEpoch < last.writerEpoch || starts !== writerEpoch > last.writerEpoch) {
    const expected = `writer epoch ${last.writerEpoch}, or a later one that says that it starts`;
    findings.wrong("records", expected, `epoch ${writerEpoch}${starts ? ", starting" : ""}`);
  }
  if (starts) last.epochs += 1;
  last.sequence = record.sequence;
  last.atMs = record.atMs;
  last.durableSequence = durableSequence;
  last.writerEpoch = writerEpoch;
  last.chain = record.chain;
}

function checkFlags(record: JournalRecord, totals: boolean, findings: Findings): void {
  const saysTotals = (record.flags & FLAG_TOTALS) !== 0;
  if (saysTotals !== totals) {
    findings.wrong("events", `totals: ${saysTotals}, as the flags say`, `${totals}`);
  }
  if ((record.flags & FLAG_SEAL) === 0 || record.eventCount === 0) return;
  findings.wrong("events", "no event in a sealing record", `${record.eventCount}`);
}

function checksOf(findings: Findings): VerifyReport["checks"] {
  const names = Object.keys(VERIFY_CHECKS) as VerifyCheck[];
  return names.map((name) => ({
    name,
    states: VERIFY_CHECKS[name],
    count: findings.counts[name],
    problems: findings.wrongs[name],
  }));
}
