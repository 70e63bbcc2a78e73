// What the people who run the campaign do while the crowd is in it, each at its own instant: later
// expiries, money for those whom the breakdown hit, resellers, prizes of the draw.
import { createHash } from "node:crypto";
import type { Client } from "../../client/index.ts";
import type { ClaimAction } from "../../crowd/actions.ts";
import { formatMoney, formatNumber } from "../../report/format.ts";
import { requireStatus } from "./require-status.ts";
import { Resellers } from "./resellers.ts";
import type { SharedDevice } from "./shared-devices.ts";

/** One thing that was done, in words. */
export interface Deed {
  readonly atMs: number;
  readonly what: string;
  readonly text: string;
}

export interface ManagerOptions {
  readonly admin: Client;
  readonly campaign: string;
  /** The campaign file as it is from the second day on. */
  readonly extended: string;
  readonly dayZeroMs: number;
  /** Lets winners take up their prizes, by the ids of the draw's offers: how many did. */
  readonly takeUp: (prizes: ReadonlySet<string>) => Promise<number>;
  readonly sharedDevices: (atMs: number) => readonly SharedDevice[];
  readonly comeAgain: () => number;
}

const HOUR_MS = 3_600_000;
/** Noon of 7 February. */
const EXTENDED_AFTER_MS = 36 * HOUR_MS;
const MOVED = ["card", "friend-card"];
/** Whom a breakdown hit is known a day later. */
const COMPENSATED_AFTER_MS = 24 * HOUR_MS;
const COMPENSATED_MOST = 500;
/** Nine in the morning of 8 and of 9 February: rings are looked for, and judged a day later. */
const HELD_AFTER_MS = (2 * 24 + 9) * HOUR_MS;
const JUDGED_AFTER_MS = (3 * 24 + 9) * HOUR_MS;
/** Winners, drawn in the evening of 12 February, hear of it at nine the next morning. */
const DRAWN_AFTER_MS = (7 * 24 + 9) * HOUR_MS;

interface Task {
  readonly dueAtMs: number;
  /** Null where what was done is told elsewhere. */
  readonly run: (atMs: number) => Promise<Omit<Deed, "atMs"> | null>;
}

export class Manager {
  readonly deeds: Deed[] = [];
  readonly resellers: Resellers;
  private readonly options: ManagerOptions;
  private readonly tasks: Task[];

  constructor(options: ManagerOptions) {
    const { dayZeroMs } = options;
    this.options = options;
    const resellers = new Resellers(options);
    this.resellers = resellers;
    this.tasks = [
      { dueAtMs: dayZeroMs + EXTENDED_AFTER_MS, run: () => this.extend() },
      { dueAtMs: dayZeroMs + HELD_AFTER_MS, run: (atMs) => resellers.hold(atMs).then(untold) },
      { dueAtMs: dayZeroMs + JUDGED_AFTER_MS, run: (atMs) => resellers.judge(atMs).then(untold) },
      { dueAtMs: dayZeroMs + DRAWN_AFTER_MS, run: () => this.lookAtDraw() },
    ];
  }

  /** Those who were claiming when the server died are made good a day later. */
  breakdown(claims: readonly ClaimAction[], atMs: number): void {
    const users = [...new Set(claims.map(({ userId }) => userId))].slice(0, COMPENSATED_MOST);
    const run = (): Promise<Omit<Deed, "atMs">> => this.makeGood(users);
    if (users.length > 0) this.tasks.push({ dueAtMs: atMs + COMPENSATED_AFTER_MS, run });
  }

  /** Does what is due. */
  async before(atMs: number): Promise<void> {
    const due = this.tasks.filter(({ dueAtMs }) => dueAtMs <= atMs);
    for (const task of due) {
      this.tasks.splice(this.tasks.indexOf(task), 1);
      const deed = await task.run(atMs);
      if (deed !== null) this.deeds.push({ atMs, ...deed });
    }
  }

  /** First looked at, then done. */
  private async extend(): Promise<Omit<Deed, "atMs">> {
    const { admin, campaign, extended } = this.options;
    const why = "The app was down on the first day";
    const revision = { campaign, yaml: extended, version: 1, moveExpiry: MOVED, why };
    const preview = await admin.campaign.revise({ ...revision, preview: true });
    requireStatus("campaign.revise", preview.status, "ok");
    const { status } = await admin.campaign.revise(revision);
    requireStatus("campaign.revise", status, "revised");
    const moved = formatNumber(preview.grantsMoved ?? 0);
    return {
      what: "extended",
      text: `${moved} cards extended to 28 Feb`,
    };
  }

  private async makeGood(users: readonly string[]): Promise<Omit<Deed, "atMs">> {
    const { admin, campaign } = this.options;
    const lines = users.map((user) => ({ user }));
    const answer = await admin.campaign.compensate({
      ...{ campaign, batch: "breakdown", why: "Asked while the server was down" },
      ...{ total: lines.length, lines, sha256: hashOf(users) },
    });
    requireStatus("campaign.compensate", answer.status, "ok");
    const granted = (answer.results ?? []).filter(({ status }) => status === "granted");
    const sum = granted.reduce((total, { amountMinor = 0 }) => total + amountMinor, 0);
    const money = formatMoney(sum / 100, answer.currency ?? "CNY");
    return {
      what: "made good",
      text: `${money} to ${formatNumber(granted.length)} hit by the crash`,
    };
  }

  private async lookAtDraw(): Promise<Omit<Deed, "atMs">> {
    const { admin, campaign } = this.options;
    const { status, view } = await admin.draw.show({ campaign, draw: "friends-draw" });
    requireStatus("draw.show", status, "ok");
    const { entries = 0, winners = 0, prizes = [] } = view ?? {};
    const taken = await this.options.takeUp(new Set(prizes.map(({ prize }) => prize)));
    const text =
      `${formatNumber(winners)} winners drawn from ${formatNumber(entries)} entries, ` +
      `${formatNumber(taken)} came`;
    return { what: "drawn", text };
  }
}

const untold = (): null => null;

function hashOf(users: readonly string[]): string {
  return createHash("sha256").update(users.join("\n")).digest("hex");
}
