// A small campaign for prove: its events as the journal exports them, the app's files, and the
// project that reads both.
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import {
  type EffectRow,
  EVENT_COLUMNS,
  type EventRow,
  exportObjects,
  type ProjectOptions,
  proveProject,
  readProject,
  type Verdict,
  withWarehouse,
} from "../src/prove/index.ts";

export const DEFINITION: CampaignDefinition = {
  id: "spring",
  title: "Spring",
  currency: "CNY",
  decimals: 2,
  timeZone: "Asia/Shanghai",
  budgetMinor: 1e9,
  startsAtMs: Date.UTC(2026, 1, 1),
  endsAtMs: Date.UTC(2026, 2, 1),
  closesAtMs: Date.UTC(2026, 3, 1),
  settlingLagMs: 0,
  waves: [],
  offers: [],
  caps: [],
  assignment: {
    source: "hash",
    holdoutShare: 0.5,
    variants: [{ id: "card", share: 1 }],
    masked: false,
    salt: "00",
  },
  audiences: [],
  attributes: [],
  dayStartsMs: [0],
  planHash: null,
};

const NOTHING: Omit<EventRow, "sequence" | "kind"> = {
  index: 0,
  atMs: DEFINITION.startsAtMs,
  campaign: "spring",
  user: null,
  arm: null,
  audience: null,
  assignedBy: null,
  offer: null,
  grant: null,
  redemption: null,
  amountMinor: null,
  restMinor: null,
  id: null,
  wouldStatus: null,
  probability: null,
  exposure: null,
  exposedAtMs: null,
  rehearsal: false,
};

/** As a campaign's key makes one: 32 hex digits of the id. */
export function pseudonym(user: string): string {
  return createHash("sha256").update(user).digest("hex").slice(0, 32);
}

/** Events in the order in which they are emitted; `user` is the app's id. */
export class Journal {
  readonly events: EventRow[] = [];

  emit(kind: string, user: string, more: Partial<EventRow> = {}): void {
    const sequence = this.events.length + 1;
    this.events.push({ ...NOTHING, sequence, kind, ...more, user: pseudonym(user) });
  }

  assign(user: string, arm: number, atMs: number = NOTHING.atMs): void {
    this.emit("assigned", user, { arm, atMs, assignedBy: "claim" });
  }
}

/** What prove.yaml holds; JSON is YAML. */
export interface ProjectText {
  readonly plan: Record<string, unknown>;
  readonly sources: Record<string, unknown>;
  readonly [key: string]: unknown;
}

/** A folder with files, projects in it, and their verdicts. */
export class ProveFolder {
  readonly folder: string;
  private serial = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<ProveFolder> {
    return new ProveFolder(await mkdtemp(join(tmpdir(), "hongbao-project-")));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A new path with that ending. */
  path(ending: string): string {
    this.serial += 1;
    return join(this.folder, `file-${this.serial}.${ending}`);
  }

  async write(content: string | Uint8Array, ending = "csv"): Promise<string> {
    const path = this.path(ending);
    await writeFile(path, content);
    return path;
  }

  lines(lines: readonly string[]): Promise<string> {
    return this.write(`${lines.join("\n")}\n`);
  }

  /** SQL of a relation to a Parquet file. */
  async parquet(sql: string): Promise<string> {
    const path = this.path("parquet");
    await withWarehouse({}, (warehouse) =>
      warehouse.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`),
    );
    return path;
  }

  /** Tables by name, of SQL, to a DuckDB file. */
  async duckdb(tables: Readonly<Record<string, string>>): Promise<string> {
    const path = this.path("duckdb");
    await withWarehouse({}, async (warehouse) => {
      await warehouse.run(`ATTACH '${path}' AS made`);
      for (const [name, sql] of Object.entries(tables)) {
        await warehouse.run(`CREATE TABLE made."${name}" AS ${sql}`);
      }
      await warehouse.run("DETACH made");
    });
    return path;
  }

  async events(journal: Journal, format: "parquet" | "csv" = "parquet"): Promise<string> {
    this.serial += 1;
    const target = { dir: this.folder, name: `events-${this.serial}`, format } as const;
    return (await exportObjects(journal.events, EVENT_COLUMNS, target)).path;
  }

  project(text: ProjectText): Promise<string> {
    return this.write(JSON.stringify({ title: "test", ...text }, null, 1), "yaml");
  }

  async prove(text: ProjectText, more: ProveMore = {}): Promise<Verdict> {
    const { definition = DEFINITION, frozenPlanHash = null, areNamed = true } = more;
    const { rehearsal = false, ...options } = more;
    const project = await readProject(await this.project(text));
    const { sources } = project;
    if (sources.kind !== "campaign") return await proveProject(project, null, options);
    const campaign = {
      ...{ definition, events: sources.events!, frozenPlanHash, rehearsal },
      pseudonym: areNamed ? pseudonym : null,
    };
    return await proveProject(project, campaign, options);
  }

  /** The message of the refusal, with file names shortened to their ending. */
  async refusal(text: ProjectText, more: ProveMore = {}): Promise<string> {
    return this.messageOf(this.prove(text, more));
  }

  async messageOf(promise: Promise<unknown>): Promise<string> {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(HongbaoError);
    expect((error as HongbaoError).code).toBe("invalid_file");
    const { message } = error as HongbaoError;
    return message.replaceAll(this.folder, "").replaceAll(/\/(file|events)-\d+\./g, "FILE.");
  }
}

export interface ProveMore extends Omit<ProjectOptions, "frozenPlanHash"> {
  readonly definition?: CampaignDefinition;
  readonly frozenPlanHash?: string | null;
  /** Whether the app's files hold ids (true) or pseudonyms. */
  readonly areNamed?: boolean;
  readonly rehearsal?: boolean;
}

export const KEPT = { id: "kept", kind: "share", column: "kept" };

/** The row of a metric on all who were assigned. */
export function rowOf(
  verdict: Verdict,
  metric: string,
  population: EffectRow["population"] = "assigned",
): EffectRow {
  const row = verdict.studies[0]!.effects.find(
    (each) => each.metric.id === metric && each.population === population,
  );
  expect(row).toBeDefined();
  return row!;
}
