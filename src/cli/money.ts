// `hongbao claim|redeem|cancel|reverse` and `hongbao grant show`, on a server. Every command that
// moves money carries an id; repeating it with the same id is safe.
import { randomUUID } from "node:crypto";
import { HongbaoError } from "../base/error.ts";
import { currencyDecimals, parseMajor } from "../base/money.ts";
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import type { GrantView } from "../contract/index.ts";
import { expiryText, instantText, moneyText, sayAnswer } from "./answer-words.ts";
import { attributesOf } from "./attributes.ts";
import { dryRun } from "./dry-run.ts";
import type { ExitCode } from "./exit-codes.ts";
import { factsOf } from "./facts.ts";
import { withServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

export async function claim(call: VerbCall): Promise<ExitCode> {
  const { flags } = call;
  const { user } = await resolveSettings(["user"], call);
  if (user === null) throw missing("--user", "the user who claims");
  const facts = factsOf(flags.fact);
  const body = {
    user,
    offer: call.args[0]!,
    ...given(attributesOf(flags.attribute)),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(flags.variant === undefined ? {} : { variant: String(flags.variant) }),
    ...(flags.ref === undefined ? {} : { ref: String(flags.ref) }),
  };
  if (flags.dryRun === true) return dryRun(call, await campaignOf(call), body);
  return moving(call, "c", async (server, campaign, id) => {
    const answer = await server.claim({ campaign, id, ...body });
    const isGranted = answer.grant !== undefined;
    return sayAnswer(call, answer, [
      ["grant", answer.grant],
      ["amount", isGranted ? moneyText(answer.amountMinor, answer.currency) : undefined],
      ["expires", expiryText(answer.expiresAtMs, answer.atMs)],
      ["arm", answer.arm],
      ["id", id],
    ]);
  });
}

export function redeem(call: VerbCall): Promise<ExitCode> {
  const [grant, amount] = call.args;
  return moving(call, "r", async (server, campaign, id) => {
    const answer = await server.redeem({
      campaign,
      id,
      grant: grant!,
      ...(await amountOf(server, campaign, grant!, amount)),
      ...given(attributesOf(call.flags.attribute)),
    });
    const { redeemedMinor, restMinor, currency } = answer;
    const isDone = redeemedMinor !== undefined;
    return sayAnswer(call, answer, [
      ["amount", isDone ? moneyText(redeemedMinor, currency) : undefined],
      ["rest", isDone ? moneyText(restMinor, currency) : undefined],
      ["id", id],
    ]);
  });
}

export function cancel(call: VerbCall): Promise<ExitCode> {
  return moving(call, "x", async (server, campaign, id) => {
    const answer = await server.cancel({ campaign, id, grant: call.args[0]! });
    const { returnedMinor, currency } = answer;
    const isDone = returnedMinor !== undefined;
    return sayAnswer(call, answer, [
      ["returned", isDone ? moneyText(returnedMinor, currency) : undefined],
      ["id", id],
    ]);
  });
}

export function reverse(call: VerbCall): Promise<ExitCode> {
  return moving(call, "v", async (server, campaign, id) => {
    const answer = await server.reverse({ campaign, id, redemption: call.args[0]! });
    const { reversedMinor, currency, redeemableAgain } = answer;
    const again = redeemableAgain ? "redeemable again" : "returned to the budget";
    const isDone = reversedMinor !== undefined;
    return sayAnswer(call, answer, [
      ["reversed", isDone ? `${moneyText(reversedMinor, currency)}, ${again}` : undefined],
      ["grant", answer.grant],
      ["id", id],
    ]);
  });
}

export async function showGrant(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  return withServer(call, async (server) => {
    const answer = await server.grant.show({ campaign, grant: call.args[0]! });
    return sayAnswer(call, answer, answer.grant === undefined ? [] : grantFacts(answer.grant));
  });
}

export async function findGrant(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const id = call.args[0]!;
  return withServer(call, async (server) => {
    const answer = await server.grant.find({ campaign, id });
    if (answer.use === null && !call.json) {
      call.terminal.note("Nothing was done under this id, or all of it was refused.");
    }
    return sayAnswer(call, answer, [
      ["used for", answer.use?.replaceAll("_", " ")],
      ["grant", answer.grant],
    ]);
  });
}

function grantFacts(grant: GrantView): [string, string | undefined][] {
  const { currency, amountMinor, spentMinor, restMinor } = grant;
  return [
    ["state", grant.state],
    ["offer", grant.offer],
    ["amount", moneyText(amountMinor, currency)],
    ["spent", moneyText(spentMinor, currency)],
    ["rest", moneyText(restMinor, currency)],
    ["granted", instantText(grant.grantedAtMs)],
    ["expires", instantText(grant.expiresAtMs)],
    ["ref", grant.ref],
  ];
}

/** Runs a command with its id, and tells the id when its fate is unknown. */
export async function moving(
  call: VerbCall,
  mark: string,
  work: (server: Client, campaign: string, id: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const id = call.flags.id === undefined ? `${mark}-${randomUUID()}` : String(call.flags.id);
  try {
    return await withServer(call, (server) => work(server, campaign, id));
  } catch (error) {
    if (error instanceof HongbaoError && error.retryable) {
      call.terminal.note(`To repeat this safely, add --id ${id}`);
    }
    throw error;
  }
}

export async function campaignOf(call: VerbCall): Promise<string> {
  const { campaign } = await resolveSettings(["campaign"], call);
  if (campaign === null) throw missing("--campaign", "the campaign's id, or HONGBAO_CAMPAIGN");
  return campaign;
}

/** Major units need the currency's decimals: the grant knows them. */
export async function amountOf(
  server: Client,
  campaign: string,
  grant: string,
  amount: string | undefined,
): Promise<{ amountMinor?: number }> {
  if (amount === undefined) return {};
  const shown = await server.grant.show({ campaign, grant });
  // An unknown grant is refused by the redemption itself, in the server's words.
  const decimals = currencyDecimals(shown.grant?.currency ?? "") ?? 2;
  const amountMinor = parseMajor(amount, decimals);
  if (amountMinor !== null && amountMinor > 0) return { amountMinor };
  const example = decimals === 0 ? "150" : `1.${"5".padEnd(decimals, "0")}`;
  throw contractError("invalid_usage", `amount: expected one such as ${example}, found ${amount}`);
}

export function given(attributes: Record<string, string>): { attributes?: Record<string, string> } {
  return Object.keys(attributes).length === 0 ? {} : { attributes };
}

export function missing(flag: string, what: string): HongbaoError {
  return contractError("invalid_usage", `${flag}: expected ${what}, found nothing`);
}
