// `hongbao suspects find|hold|release|extend|clawback`: many grants by what they have in common,
// on a server: first what would be meant, then what is done to exactly that.
import { contractError } from "../contract/errors.ts";
import { readInstant, type SuspectFilter } from "../contract/index.ts";
import { GRANT_STATES, type GrantState } from "../contract/schema/grant.ts";
import type { SuspectStep } from "../contract/schema/suspects.ts";
import { formatNumber } from "../report/format.ts";
import { type Facts, moneyText, sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { readEnd } from "./extend.ts";
import { campaignOf } from "./money.ts";
import { withServer } from "./remote.ts";
import { reasonOf } from "./suspicion.ts";
import { userLines } from "./user-lines.ts";
import type { Verb, VerbCall } from "./verb.ts";

export async function find(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const where = await filterOf(call);
  return withServer(call, async (server) => {
    const answer = await server.suspects.find({ campaign, where });
    const { currency, states = [], largest = [], rings = [], grants } = answer;
    if (grants === undefined) return sayAnswer(call, answer);
    const facts: Facts = [
      ["grants", formatNumber(grants)],
      ["users", formatNumber(answer.users!)],
      ["granted", moneyText(answer.amountMinor, currency)],
      ...states.map((one): Facts[number] => [
        one.state,
        `${formatNumber(one.grants)}, ${moneyText(one.amountMinor, currency)}, of which ` +
          `${moneyText(one.spentMinor, currency)} spent`,
      ]),
      ...rings.map((ring): Facts[number] => [
        "ring",
        `${ring.value}: ${ring.grants} grants of ${ring.users} users, ` +
          moneyText(ring.amountMinor, currency),
      ]),
      ...largest.map((one): Facts[number] => [
        "largest",
        `${one.grant}: ${moneyText(one.amountMinor, currency)}, ${one.state}`,
      ]),
      ["token", answer.token],
    ];
    return sayAnswer(call, answer, facts);
  });
}

export function act(step: SuspectStep): Verb {
  return async (call) => {
    const campaign = await campaignOf(call);
    return withServer(call, async (server) => {
      const until = call.flags.until === undefined ? null : String(call.flags.until);
      const end = until === null ? {} : { expiresAtMs: await readEnd(until, server, campaign) };
      const about = { campaign, token: call.args[0]!, step, ...end, ...reasonOf(call) };
      let answer = await server.suspects.act(about);
      const sums = { done: 0, changed: 0, refused: 0, returnedMinor: 0, owedMinor: 0 };
      for (;;) {
        for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += answer[key] ?? 0;
        if (answer.next === undefined) break;
        answer = await server.suspects.act({ ...about, from: answer.next });
      }
      const { currency } = answer;
      const isBack = step === "clawback";
      return sayAnswer(call, { ...answer, ...sums }, [
        ["done", formatNumber(sums.done)],
        ["changed", sums.changed > 0 ? `${sums.changed}, left alone` : undefined],
        ["refused", sums.refused > 0 ? `${sums.refused}, left alone` : undefined],
        ["returned", isBack ? moneyText(sums.returnedMinor, currency) : undefined],
        ["owing", isBack ? moneyText(sums.owedMinor, currency) : undefined],
      ]);
    });
  };
}

/** `--where name=value`, and `--users FILE` with one a line. */
async function filterOf({ flags }: VerbCall): Promise<SuspectFilter> {
  const where: SuspectFilter = {};
  for (const text of (flags.where as string[] | undefined) ?? []) {
    const match = /^([a-z][a-zA-Z0-9_]*)=(.+)$/s.exec(text);
    if (match === null) throw wrong(text, "name=value, such as offer=tea");
    Object.assign(where, conditionOf(match[1]!, match[2]!, text));
  }
  if (flags.users !== undefined) {
    const users: string[] = [];
    for await (const part of userLines(String(flags.users))) users.push(...part.users);
    where.users = users;
  }
  return where;
}

function conditionOf(name: string, value: string, text: string): SuspectFilter {
  const words = value.split(",");
  switch (name) {
    case "offer":
      return { offers: words };
    case "wave":
      return { waves: words };
    case "user":
      return { users: words };
    case "merchant":
      return { merchant: value };
    case "state":
      if (words.every(isState)) return { states: words };
      throw wrong(text, `states of ${GRANT_STATES.join(", ")}`);
    case "from":
      return { fromMs: instant(value, text) };
    case "to":
      return { toMs: instant(value, text) };
    case "min":
      return { minMinor: whole(value, text) };
    case "max":
      return { maxMinor: whole(value, text) };
    case "ring": {
      const match = /^([a-z][a-z0-9_]*)>(\d+)$/.exec(value);
      if (match === null) throw wrong(text, "ring=device>20, an attribute and a number of grants");
      return { ring: { by: match[1]!, above: Number(match[2]) } };
    }
    default:
      return { values: { by: name, is: words } };
  }
}

function isState(word: string): word is GrantState {
  return (GRANT_STATES as readonly string[]).includes(word);
}

function instant(value: string, text: string): number {
  const ms = readInstant(value);
  if (ms === null) throw wrong(text, "an instant such as 2026-02-23T18:00:00+08:00");
  return ms;
}

function whole(value: string, text: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw wrong(text, "a whole number of minor units, such as 2500 for 25.00");
}

function wrong(text: string, expected: string): Error {
  return contractError("invalid_usage", `--where ${text}: expected ${expected}`);
}
