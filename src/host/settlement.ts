// `merchant.settlement`: what merchants are owed, added up from the journal by the reader that
// `hongbao settle` uses. Nothing of it is kept before somebody asks; then only what is new is read.
import { toHex } from "../base/bytes.ts";
import { LIMITS } from "../base/limits.ts";
import type { SettlementAnswer, SettlementQuery } from "../contract/schema/settlement.ts";
import { ATTRIBUTES_AT, emptyCommand } from "../core/command.ts";
import { MERCHANT } from "../core/rules.ts";
import { keyHex } from "../core/tables/key-hex.ts";
import type { Journal } from "../journal/port.ts";
import { Settlement, settledSums } from "../journal/settlement.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

/** Records after which others get a turn. */
const RECORDS_A_TURN = 8;

/** The statements of one journal, as far as it was read. */
class Settled {
  readonly settlement: Settlement = new Settlement();
  record = 0;
  recordAtMs = 0;
  chain: Uint8Array = new Uint8Array(32);
  private readonly journal: Journal;
  private reading: Promise<void> | null = null;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** Reads on to the last record of now; who asks meanwhile waits for the same reading. */
  async catchUp(): Promise<void> {
    const { lastSequence } = this.journal;
    while (this.record < lastSequence) {
      this.reading ??= this.readOn().finally(() => {
        this.reading = null;
      });
      await this.reading;
    }
  }

  private async readOn(): Promise<void> {
    for await (const record of this.journal.read(this.record + 1)) {
      this.settlement.take(record);
      this.record = record.sequence;
      this.recordAtMs = record.atMs;
      this.chain = record.chain;
      if (record.sequence % RECORDS_A_TURN > 0) continue;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const SETTLED: WeakMap<Engine, Settled> = new WeakMap();
const COMMAND = emptyCommand();

export async function showSettlement(
  engine: Engine,
  call: { params: { campaign: string }; query: SettlementQuery },
  timeoutMs: number | undefined,
): Promise<SettlementAnswer> {
  const { campaign } = call.params;
  const known = SETTLED.get(engine) ?? new Settled(engine.journal);
  SETTLED.set(engine, known);
  if (engine.find(campaign) !== undefined) await known.catchUp();
  return inCampaign(
    engine,
    LANE.read,
    ["merchant.settlement", campaign, call.query],
    { campaign },
    (open, atMs) => {
      return { ...answerBase("ok", atMs), campaign, ...statementOf(known, open, call.query) };
    },
    timeoutMs,
  );
}

function statementOf(
  { settlement, record, recordAtMs, chain }: Settled,
  { state, names }: OpenCampaign,
  { merchant, day, after = "0" }: SettlementQuery,
): Partial<SettlementAnswer> {
  const { title, currency, decimals, timeZone, rehearsal } = state.definition;
  const all = settlement.campaigns[state.ordinal]?.lines ?? [];
  const key = merchant === undefined ? null : keyOf(names, merchant);
  const lines = all.filter((line) => {
    return (day === undefined || line.day === day) && (key === null || line.merchant === key);
  });
  const from = Number(after);
  return {
    ...(rehearsal === undefined ? {} : { rehearsal }),
    ...{ title, currency, decimals, timeZone, record, recordAtMs, chain: toHex(chain) },
    ...settledSums(all),
    lines: lines.slice(from, from + LIMITS.page).map((line) => ({ ...line })),
    more: lines.length > from + LIMITS.page,
  };
}

/** The merchant's pseudonym; of a campaign that knows no merchants, one that nobody has. */
function keyOf({ pseudonyms, definition }: OpenCampaign["names"], merchant: string): string {
  const attribute = definition.attributes.indexOf(MERCHANT);
  if (attribute < 0) return "";
  pseudonyms.setAttributes(COMMAND, { [MERCHANT]: merchant });
  return keyHex(COMMAND.keys, ATTRIBUTES_AT + 4 * attribute);
}
