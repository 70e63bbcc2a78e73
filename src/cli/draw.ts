// `hongbao draw enter|show|close`, on a server.
import { randomUUID } from "node:crypto";
import { contractError } from "../contract/errors.ts";
import { instantText, sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { campaignOf, missing } from "./money.ts";
import { withServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

export async function enter(call: VerbCall): Promise<ExitCode> {
  const { flags } = call;
  const { user } = await resolveSettings(["user"], call);
  if (user === null) throw missing("--user", "the user who enters");
  const campaign = await campaignOf(call);
  const id = flags.id === undefined ? `e-${randomUUID()}` : String(flags.id);
  const variant = flags.variant === undefined ? {} : { variant: String(flags.variant) };
  return withServer(call, async (server) => {
    const draw = call.args[0]!;
    const answer = await server.draw.enter({ campaign, draw, id, user, ...variant });
    const { entry } = answer;
    return sayAnswer(call, answer, [
      ["draw", answer.draw],
      ["entry", entry === undefined ? undefined : String(entry)],
      ["id", id],
    ]);
  });
}

export async function show(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const { after } = call.flags;
  if (after !== undefined && !/^\d{1,10}$/.test(String(after))) {
    throw contractError("invalid_usage", `--after: expected a number of winners, got ${after}`);
  }
  return withServer(call, async (server) => {
    const page = after === undefined ? {} : { after: String(after) };
    const answer = await server.draw.show({ campaign, draw: call.args[0]!, ...page });
    const { view } = answer;
    if (view === undefined) return sayAnswer(call, answer, []);
    const prizes = view.prizes.map(({ prize, stock, left }) => `${prize} ${stock - left}/${stock}`);
    return sayAnswer(call, answer, [
      ["draw", `${view.draw} (${view.closed ? "closed" : "open"})`],
      ["closes", instantText(view.closesAtMs)],
      ["awaits", view.awaitsRound === undefined ? undefined : `public round ${view.awaitsRound}`],
      ["entries", String(view.entries)],
      ["winners", String(view.winners)],
      ["prizes", prizes.join(", ")],
      ["grants", view.grants.join(", ") || undefined],
      ["more", view.more ? "yes: ask again with --after" : undefined],
    ]);
  });
}

export async function close(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  return withServer(call, async (server) => {
    const answer = await server.draw.close({ campaign, draw: call.args[0]! });
    return sayAnswer(call, answer, [["draw", answer.draw]]);
  });
}
