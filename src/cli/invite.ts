// `hongbao invite create|accept|show`, on a server.
import type { InviteAnswer, InviteView } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { expiryText, moneyText, sayAnswer } from "./answer-words.ts";
import { attributesOf } from "./attributes.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { factsOf } from "./facts.ts";
import { campaignOf, missing, moving } from "./money.ts";
import { withServer } from "./remote.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { VerbCall } from "./verb.ts";

export async function createInvite(call: VerbCall): Promise<ExitCode> {
  const body = { user: await userOf(call, "the user who invites"), ...given(call) };
  return moving(call, "n", async (server, campaign, id) => {
    const answer = await server.invite.create({ campaign, id, invite: call.args[0]!, ...body });
    return sayAnswer(call, answer, [
      ...codeFacts(answer, answer.atMs),
      ["arm", answer.arm],
      ["reason", answer.reason],
      ["id", id],
    ]);
  });
}

export async function acceptInvite(call: VerbCall): Promise<ExitCode> {
  const { ref } = call.flags;
  const body = {
    user: await userOf(call, "the user who accepts"),
    // A passphrase may come as six words.
    code: call.args.flat().join(" "),
    ...given(call),
    ...(ref === undefined ? {} : { ref: String(ref) }),
  };
  return moving(call, "a", async (server, campaign, id) => {
    const answer = await server.invite.accept({ campaign, id, ...body });
    const isAccepted = answer.grant !== undefined;
    return sayAnswer(call, answer, [
      ["invite", answer.invite],
      ["grant", answer.grant],
      ["amount", isAccepted ? moneyText(answer.amountMinor, answer.currency) : undefined],
      ["expires", expiryText(answer.expiresAtMs, answer.atMs)],
      ["arm", answer.arm],
      ["side", answer.side],
      ["reason", answer.reason],
      ["id", id],
    ]);
  });
}

export async function showInvites(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const user = await userOf(call, "the user who invites");
  return withServer(call, async (server) => {
    const answer = await server.invite.show({ campaign, user });
    if (call.json || answer.status !== "ok") return sayAnswer(call, answer);
    const { terminal } = call;
    if (answer.invites.length === 0) terminal.note("the campaign has no invites");
    for (const view of answer.invites) {
      terminal.say(terminal.paint("title", view.invite));
      const used = view.used === undefined ? undefined : `${view.used} of ${view.uses}`;
      const facts: [string, string | undefined][] = [
        ["brought", formatNumber(view.brought)],
        ...codeFacts(view, answer.atMs),
        ["used", used],
      ];
      terminal.facts(
        facts.flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[`  ${name}`, value]],
        ),
      );
    }
    for (const { draw, brought, needed, entries } of answer.earning ?? []) {
      terminal.say(terminal.paint("title", `draw ${draw}`));
      terminal.facts([
        ["  brought", `${brought} of ${needed} today`],
        ["  entries", formatNumber(entries)],
      ]);
    }
    return EXIT.ok;
  });
}

function codeFacts(
  { code, passphrases, expiresAtMs }: InviteAnswer | InviteView,
  atMs: number,
): [string, string | undefined][] {
  return [
    ["code", code],
    ["words", passphrases?.en],
    ["passphrase", passphrases === undefined ? undefined : `「${passphrases.zh}」`],
    ["open until", expiryText(expiresAtMs, atMs)],
  ];
}

async function userOf(call: VerbCall, what: string): Promise<string> {
  const { user } = await resolveSettings(["user"], call);
  if (user === null) throw missing("--user", what);
  return user;
}

function given({ flags }: VerbCall) {
  const attributes = attributesOf(flags.attribute);
  const facts = factsOf(flags.fact);
  return {
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(flags.variant === undefined ? {} : { variant: String(flags.variant) }),
  };
}
