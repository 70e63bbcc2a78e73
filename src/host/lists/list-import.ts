// Imports of lists: users come in parts, are hashed as they come, and hold all at once, when the
// last part is in. Until then nothing has changed, whatever becomes of the import.
import { HongbaoError } from "../../base/error.ts";
import { LIMITS } from "../../base/limits.ts";
import type { ListAnswer, ListInput } from "../../contract/schema/list.ts";
import { emptyCommand, USER_AT } from "../../core/command.ts";
import { decideListed } from "../../core/decide-list.ts";
import type { Status } from "../../core/outcome.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import { describeLine } from "../writer/money-job.ts";
import { EntryHeap } from "./sort-entries.ts";
import { UserList } from "./user-list.ts";

interface Import {
  entries: EntryHeap;
  /** The part that must come next. */
  next: number;
  lastUsedAtMs: number;
  /** The last part is being worked on, or was answered. */
  finish: Promise<ListAnswer> | null;
}

const COMMAND = emptyCommand();

/** Imports under way in one engine. */
export class ListImports {
  private readonly engine: Engine;
  private readonly underWay = new Map<string, Import>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Takes one part. A part that came before is answered again. */
  async take(campaign: string, list: string, input: ListInput): Promise<ListAnswer> {
    const open = this.engine.find(campaign);
    if (open === undefined) return this.stamp("unknown_campaign", campaign, list);
    if (listOrdinal(open, list) < 0) return this.stamp("unknown_list", campaign, list);
    const key = JSON.stringify([campaign, list, input.import]);
    const own = this.underWay.get(key) ?? this.begin(key, input.part);
    own.lastUsedAtMs = performance.now();
    if (own.finish !== null) return { ...(await own.finish) };
    if (input.part > own.next) throw outOfOrder(own.next, input.part);
    if (input.part === own.next) {
      this.add(open, own, input.users);
      own.next += 1;
    }
    if (input.done === true) {
      own.finish = this.finish(campaign, list, own);
      own.finish.catch(() => this.underWay.delete(key)); // whoever waits hears of it below
      return { ...(await own.finish) };
    }
    const answer = await this.stamp("ok", campaign, list);
    return { ...answer, received: own.entries.count };
  }

  private stamp(status: Status, campaign: string, list: string): Promise<ListAnswer> {
    return this.engine.single(
      LANE.read,
      (atMs): ListAnswer => ({ ...answerBase(status, atMs), list }),
      () => describeLine("list.import", campaign, list),
    );
  }

  private begin(key: string, part: number): Import {
    if (part !== 0) throw outOfOrder(0, part);
    const before = performance.now() - LIMITS.listImportMs;
    for (const [other, { lastUsedAtMs }] of this.underWay) {
      if (lastUsedAtMs < before) this.underWay.delete(other);
    }
    const busy = [...this.underWay.values()].filter(({ finish }) => finish === null).length;
    if (busy >= LIMITS.listImports) {
      const message = `${busy} imports of lists are under way, which is the most there may be`;
      throw new HongbaoError({ code: "overloaded", message, retryable: true });
    }
    const fresh = { entries: new EntryHeap(), next: 0, lastUsedAtMs: 0, finish: null };
    this.underWay.set(key, fresh);
    return fresh;
  }

  private add({ names }: OpenCampaign, { entries }: Import, users: readonly string[]): void {
    if (entries.count + users.length > LIMITS.listUsers) {
      const message = `$.users: expected at most ${LIMITS.listUsers} users in a list`;
      throw new HongbaoError({ code: "invalid_request", message, details: { path: "$.users" } });
    }
    for (const user of users) {
      names.pseudonyms.setUser(COMMAND, user);
      entries.add(COMMAND.keys[USER_AT]!, COMMAND.keys[USER_AT + 1]!);
    }
  }

  private async finish(campaign: string, list: string, own: Import): Promise<ListAnswer> {
    const { engine } = this;
    const received = own.entries.count;
    const entries = await own.entries.sorted();
    const sha256 = await engine.lists.write(entries);
    const answer = await putInForce(engine, campaign, list, { entries, sha256 });
    await engine.lists.keepOnly(hashesInForce(engine));
    return answer.status === "listed" ? { ...answer, received } : answer;
  }
}

/** Puts a list in force whose file is durable. */
export function putInForce(
  engine: Engine,
  campaign: string,
  list: string,
  { entries, sha256 }: { entries: BigUint64Array; sha256: string },
  timeoutMs?: number,
): Promise<ListAnswer> {
  const imported = { users: entries.length, sha256 };
  return inCampaign(
    engine,
    LANE.claim,
    ["list.import", campaign, [list, sha256]],
    { list },
    (open, atMs, out) => {
      const ordinal = listOrdinal(open, list);
      if (ordinal < 0) return { ...answerBase("unknown_list", atMs), list };
      const { status, replayed } = decideListed(open.state, ordinal, imported, atMs, out);
      if (status !== "listed") return { ...answerBase(status, atMs), list };
      // In force with the event: the next line is judged by it.
      open.names.eligibility.lists.set(list, new UserList(entries));
      return { ...answerBase(status, atMs, replayed), list, ...imported };
    },
    timeoutMs,
  );
}

export function hashesInForce(engine: Engine): Set<string> {
  const all = engine.state.campaigns.flatMap(({ lists }) => lists);
  return new Set(all.flatMap((list) => (list == null ? [] : [list.sha256])));
}

function listOrdinal({ state }: OpenCampaign, list: string): number {
  return (state.definition.lists ?? []).findIndex(({ id }) => id === list);
}

function outOfOrder(expected: number, found: number): HongbaoError {
  const path = "$.part";
  const message =
    `${path}: expected part ${expected}, found ${found}; parts come in order, and an import that ` +
    "a restart interrupted begins again with another id";
  return new HongbaoError({ code: "invalid_request", message, details: { path } });
}
