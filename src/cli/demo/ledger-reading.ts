// One pass over the closed journal: it exports every event, and keeps what the demo holds the
// answers and the crowd against. Nothing here comes from the server.

import type { CampaignDefinition } from "../../core/definition.ts";
import { dataPaths } from "../../host/data-directory.ts";
import { type DirectoryReader, readDirectory } from "../../journal/index.ts";
import { Settlement, type SettlementLine } from "../../journal/settlement.ts";
import type { EventRow, ExportedFile } from "../../prove/index.ts";
import { EVENT_COLUMNS, exportObjects } from "../../prove/index.ts";
import { EventRows } from "../event-rows.ts";

export interface BoundId {
  readonly kind: string;
  readonly grant: number | null;
  readonly amountMinor: number;
}

export interface Assigned {
  readonly arm: number;
  /** Assigned before contact, as a member of an audience. */
  readonly before: boolean;
}

/** Money at the end of a stretch of time. */
export interface MoneyPoint {
  readonly atMs: number;
  /** Granted and neither spent nor ended. */
  readonly reservedMinor: number;
  /** Redeemed and not reversed. */
  readonly spentMinor: number;
}

export interface LedgerReading {
  readonly records: number;
  readonly events: ExportedFile;
  /** What each caller's id is bound to, by its pseudonym. */
  readonly ids: ReadonlyMap<string, BoundId>;
  readonly assigned: ReadonlyMap<string, Assigned>;
  readonly money: readonly MoneyPoint[];
  readonly grantedMinor: number;
  readonly mostHeldMinor: number;
  readonly spentMinor: number;
  /** By the wave of what was granted. */
  readonly spentOfWave: ReadonlyMap<string, number>;
  readonly expiredMinor: number;
  /** By grant: the pseudonym of its user. */
  readonly ownerOf: ReadonlyMap<number, string>;
  readonly suspicion: SuspicionReading;
  /** What all merchants are owed, by merchant and day, as `hongbao settle` adds it up. */
  readonly settlement: readonly SettlementLine[];
}

/** Grants that were held, released and clawed back, as the journal has them. */
export interface SuspicionReading {
  readonly held: readonly number[];
  readonly released: readonly number[];
  readonly clawedBack: readonly number[];
  /** What could not be spent while it was held, and what came back. */
  readonly heldMinor: number;
  readonly returnedMinor: number;
}

const BINDING = new Set(["granted", "withheld", "redeemed", "cancelled", "reversed"]);

export interface ReadingOptions {
  readonly directory: string;
  readonly definition: CampaignDefinition;
  /** Where events.parquet goes. */
  readonly folder: string;
  /** Length of one stretch of `money`; they are counted from the campaign's start. */
  readonly stepMs: number;
  readonly onProgress: (sequence: number, last: number) => void;
}

export async function readLedger(options: ReadingOptions): Promise<LedgerReading> {
  const reader = await readDirectory(dataPaths(options.directory).journal);
  const sums = new LedgerSums(options);
  const settlement = new Settlement();
  const last = reader.durableSequence;
  const events = eventsAndSettlement(reader, settlement);
  const rows = sums.watch(events, (sequence) => options.onProgress(sequence, last));
  const target = { dir: options.folder, name: "events", format: "parquet" } as const;
  const exported = await exportObjects(rows, EVENT_COLUMNS, target);
  const { ids, assigned, money, grantedMinor, mostHeldMinor, spentMinor, expiredMinor } = sums;
  const { spentOfWave, ownerOf, suspicion } = sums;
  const own = settlement.campaigns.find(
    ({ definition }) => definition.id === options.definition.id,
  );
  return {
    ...{ records: last, events: exported, ids, assigned, money, spentOfWave },
    ...{ grantedMinor, mostHeldMinor, spentMinor, expiredMinor, ownerOf, suspicion },
    settlement: own?.lines ?? [],
  };
}

async function* eventsAndSettlement(
  reader: DirectoryReader,
  settlement: Settlement,
): AsyncGenerator<EventRow> {
  const rows = new EventRows();
  for await (const record of reader.records()) {
    settlement.take(record);
    yield* rows.of(record);
  }
}

class LedgerSums {
  readonly ids: Map<string, BoundId> = new Map();
  readonly assigned: Map<string, Assigned> = new Map();
  readonly money: MoneyPoint[] = [];
  readonly spentOfWave: Map<string, number> = new Map();
  grantedMinor = 0;
  mostHeldMinor = 0;
  spentMinor = 0;
  expiredMinor = 0;
  readonly ownerOf: Map<number, string> = new Map();
  readonly suspicion = {
    held: [] as number[],
    released: [] as number[],
    clawedBack: [] as number[],
    heldMinor: 0,
    returnedMinor: 0,
  };
  private reservedMinor = 0;
  private stretchEndMs = 0;
  private readonly options: ReadingOptions;
  private readonly ended = new Set<number>();
  /** Offers of draws and of compensation: their grants have ids that no caller chose. */
  private readonly givers: ReadonlySet<string>;
  private readonly waveOfOffer: ReadonlyMap<string, string>;
  private readonly waveOfGrant = new Map<number, string>();

  constructor(options: ReadingOptions) {
    this.options = options;
    const { offers, waves } = options.definition;
    const given = offers.filter(({ draw, reward }) => {
      return draw !== undefined || reward.kind === "compensation";
    });
    this.givers = new Set(given.map(({ id }) => id));
    this.waveOfOffer = new Map(offers.map(({ id, wave }) => [id, waves[wave]!.id]));
  }

  async *watch(
    rows: AsyncIterable<EventRow>,
    onSequence: (sequence: number) => void,
  ): AsyncGenerator<EventRow> {
    let count = 0;
    for await (const row of rows) {
      if (row.campaign === this.options.definition.id) this.add(row);
      count += 1;
      if (count % 8192 === 0) onSequence(row.sequence);
      yield row;
    }
  }

  private add(row: EventRow): void {
    this.markTime(row.atMs);
    const { kind, grant, user } = row;
    const amountMinor = row.amountMinor ?? 0;
    const isAsked = row.id !== null && BINDING.has(kind) && !this.givers.has(row.offer ?? "");
    if (isAsked) this.ids.set(row.id!, { kind, grant, amountMinor });
    if (kind === "assigned") {
      this.assigned.set(user!, { arm: row.arm!, before: row.audience !== null });
    } else if (kind === "granted") {
      this.grantedMinor += amountMinor;
      this.reservedMinor += amountMinor;
      this.waveOfGrant.set(grant!, this.waveOfOffer.get(row.offer!)!);
      this.ownerOf.set(grant!, user!);
    } else if (kind === "redeemed") {
      this.reservedMinor -= amountMinor;
      this.spend(grant!, amountMinor);
    } else if (kind === "cancelled" || kind === "expired") {
      this.reservedMinor -= amountMinor;
      this.ended.add(grant!);
      if (kind === "expired") this.expiredMinor += amountMinor;
    } else if (kind === "reversed") {
      this.spend(grant!, -amountMinor);
      if (!this.ended.has(grant!)) this.reservedMinor += amountMinor;
    } else this.suspect(row, amountMinor);
    this.mostHeldMinor = Math.max(this.mostHeldMinor, this.reservedMinor + this.spentMinor);
  }

  private suspect({ kind, grant, restMinor }: EventRow, amountMinor: number): void {
    const { suspicion } = this;
    if (kind === "held") {
      suspicion.held.push(grant!);
      suspicion.heldMinor += restMinor!;
    } else if (kind === "released") {
      suspicion.released.push(grant!);
    } else if (kind === "clawed_back") {
      suspicion.clawedBack.push(grant!);
      suspicion.returnedMinor += amountMinor;
      this.reservedMinor -= amountMinor;
      this.ended.add(grant!);
    }
  }

  private spend(grant: number, amountMinor: number): void {
    this.spentMinor += amountMinor;
    const wave = this.waveOfGrant.get(grant)!;
    this.spentOfWave.set(wave, (this.spentOfWave.get(wave) ?? 0) + amountMinor);
  }

  /** Closes the stretches that are over at `atMs`. */
  private markTime(atMs: number): void {
    const { stepMs, definition } = this.options;
    const { reservedMinor, spentMinor } = this;
    if (this.stretchEndMs === 0) {
      const { startsAtMs } = definition;
      this.stretchEndMs = startsAtMs + Math.ceil((atMs + 1 - startsAtMs) / stepMs) * stepMs;
    }
    for (; this.stretchEndMs <= atMs; this.stretchEndMs += stepMs) {
      this.money.push({ atMs: this.stretchEndMs, reservedMinor, spentMinor });
    }
  }
}
