// Users with given arms through the real engine, embedded: everybody claims what his arm offers,
// the held-out too, and what is granted is spent. The campaign's own dates rule, whenever this
// runs.
import { HongbaoError } from "../../base/error.ts";
import {
  type CampaignBooks,
  type ClaimInput,
  contractError,
  type RedeemInput,
} from "../../contract/index.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { DrivenClock, type Engine, execute, open } from "../../host/index.ts";
import { HOLDOUT, type PopulationUser, type RunFile } from "../../prove/index.ts";

export interface GivenRunOptions {
  readonly run: RunFile;
  readonly definition: CampaignDefinition;
  readonly yaml: string;
  readonly directory: string;
  readonly users: AsyncIterable<PopulationUser>;
  readonly onProgress: (users: number) => void;
}

export interface GivenRun {
  readonly users: number;
  /** Answers to claims by status, in the order in which they first came. */
  readonly answers: ReadonlyMap<string, number>;
  readonly books: CampaignBooks;
}

const BATCH_LINES = 2_000;

/** Throws `invalid_campaign` when the campaign's assignment is not given. */
export async function runGiven(options: GivenRunOptions): Promise<GivenRun> {
  const { definition, directory } = options;
  if (definition.assignment.source !== "given") {
    const message = `${options.run.campaignPath}: expected assignment: given, found hash`;
    throw contractError("invalid_campaign", message);
  }
  const clock = new DrivenClock(definition.startsAtMs);
  const engine = await open({ directory, clock });
  try {
    return await new Runner(engine, clock, options).run();
  } finally {
    await engine.close();
  }
}

class Runner {
  private readonly engine: Engine;
  private readonly clock: DrivenClock;
  private readonly options: GivenRunOptions;
  private readonly answers = new Map<string, number>();
  private users = 0;

  constructor(engine: Engine, clock: DrivenClock, options: GivenRunOptions) {
    this.engine = engine;
    this.clock = clock;
    this.options = options;
  }

  async run(): Promise<GivenRun> {
    const { definition, yaml, onProgress } = this.options;
    const source = { params: {}, query: null, body: { yaml } };
    const opened = await execute(this.engine, "campaign.open", source);
    if (opened.status !== "opened") throw refused("campaign.open", opened.status);
    for (const [fromMs, users] of await this.byWave()) {
      this.clock.set(fromMs);
      for (let from = 0; from < users.length; from += BATCH_LINES) {
        await this.serve(users.slice(from, from + BATCH_LINES));
        onProgress(this.users);
      }
    }
    this.clock.set(definition.closesAtMs);
    await this.engine.tick();
    const params = { campaign: definition.id };
    const command = { params, query: null, body: {} };
    const ended = await execute(this.engine, "campaign.end", command);
    if (ended.status !== "ok") throw refused("campaign.end", ended.status);
    const closed = await execute(this.engine, "campaign.close", command);
    if (closed.status !== "ok") throw refused("campaign.close", closed.status);
    const { books } = await execute(this.engine, "campaign.show", {
      params,
      query: null,
      body: null,
    });
    return { users: this.users, answers: this.answers, books: books! };
  }

  /** An offer can only be claimed within its wave; waves come one after the other. */
  private async byWave(): Promise<[number, PopulationUser[]][]> {
    const { definition } = this.options;
    const waves = new Map<number, PopulationUser[]>();
    for await (const user of this.options.users) {
      const offer = definition.offers.find(({ id }) => id === this.offerOf(user));
      const wave = definition.waves[offer?.wave ?? 0];
      const fromMs = Math.max(definition.startsAtMs, wave?.fromMs ?? 0);
      const group = waves.get(fromMs);
      if (group === undefined) waves.set(fromMs, [user]);
      else group.push(user);
    }
    return [...waves].sort(([a], [b]) => a - b);
  }

  /** A held-out user asks for what he could have had. */
  private offerOf({ arm }: PopulationUser): string {
    return arm.offer ?? this.options.run.variants[0]!.offer!;
  }

  private async serve(users: readonly PopulationUser[]): Promise<void> {
    const { id } = this.options.definition;
    const claims = users.map((one): ClaimInput => {
      const variant = one.arm.id;
      return { id: `claim-${one.user}`, user: one.user, offer: this.offerOf(one), variant };
    });
    const answers = decided(await this.engine.batch("claim", id, claims));
    const redemptions: RedeemInput[] = [];
    answers.forEach(({ status, grant }, i) => {
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (grant !== undefined) redemptions.push({ id: `spend-${users[i]!.user}`, grant });
    });
    for (const { status } of decided(await this.engine.batch("redeem", id, redemptions))) {
      if (status !== "redeemed") throw refused("redeem", status);
    }
    this.users += users.length;
  }
}

function decided<A>(answers: readonly (A | HongbaoError)[]): A[] {
  return answers.map((answer) => {
    if (answer instanceof HongbaoError) throw answer;
    return answer;
  });
}

function refused(operation: string, status: string): HongbaoError {
  const message = `${operation} was answered ${status}, so the run cannot go on`;
  return new HongbaoError({ code: "run_failed", message });
}

/** Users by arm as the journal has them. */
export async function journalArms(
  rows: AsyncIterable<{ kind: string; arm: number | null }>,
  { assignment }: CampaignDefinition,
): Promise<Map<string, number>> {
  const names = [HOLDOUT, ...assignment.variants.map(({ id }) => id)];
  const arms = new Map<string, number>();
  for await (const { kind, arm } of rows) {
    if (kind !== "assigned") continue;
    const name = names[arm!] ?? `arm ${arm}`;
    arms.set(name, (arms.get(name) ?? 0) + 1);
  }
  return arms;
}
