// `hongbao grant history` and `hongbao campaign versions`, on a server: the past in order, events
// of a grant with their place in the journal.
import type { CampaignEvent, GrantEvent } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { wrapText } from "../report/wrap.ts";
import { instantText, moneyText, sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { campaignOf } from "./money.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

export async function grantHistory(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  return withServer(call, async (server) => {
    const asked = { campaign, grant: call.args[0]! };
    const answer = await server.grant.history(asked);
    const { history, more } = answer;
    if (call.json || history === undefined) return sayAnswer(call, answer);
    const { grant } = await server.grant.show(asked);
    const currency = grant?.currency;
    if (more === true) call.terminal.note("older events are left out");
    call.terminal.table(
      [
        { title: "when" },
        { title: "what" },
        { title: "amount", align: "right" },
        { title: "more" },
        { title: "journal" },
      ],
      history.map((event) => [
        instantText(event.atMs),
        event.type,
        moneyText(event.amountMinor, currency),
        grantWords(event, currency).join("; "),
        `${event.sequence}.${event.index}`,
      ]),
    );
    return EXIT.ok;
  });
}

function grantWords(event: GrantEvent, currency: string | undefined): string[] {
  const money = (minor: number): string => moneyText(minor, currency);
  const { restMinor, owedMinor, lostMinor, untilMs, paidAtMs, redemption, grant } = event;
  return [
    ...(redemption === undefined ? [] : [`redemption ${redemption}`]),
    ...(restMinor === undefined ? [] : [`${money(restMinor)} left`]),
    ...(owedMinor === undefined ? [] : [`${money(owedMinor)} owing`]),
    ...(lostMinor === undefined || lostMinor === 0 ? [] : [`${money(lostMinor)} lost`]),
    ...(event.takenBack === true ? ["taken back"] : []),
    ...(paidAtMs === undefined ? [] : [`paid at ${instantText(paidAtMs)}`]),
    ...(untilMs === undefined ? [] : [`until ${instantText(untilMs)}`]),
    ...(grant === undefined ? [] : [event.type === "granted" ? `for ${grant}` : `by ${grant}`]),
    ...whoWords(event),
  ];
}

function whoWords(event: GrantEvent | CampaignEvent): string[] {
  const { by, approvedBy, why } = event;
  const agreed = approvedBy === undefined ? "" : `, approved by ${approvedBy}`;
  const evidence =
    "evidence" in event && event.evidence !== undefined ? ` (${event.evidence})` : "";
  return [
    ...(by === undefined ? [] : [`by ${by}${agreed}`]),
    ...(why === undefined ? [] : [why + evidence]),
  ];
}

export function campaignVersions(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.campaign.versions({ campaign: call.args[0]! });
    const { history, more } = answer;
    if (call.json || history === undefined) return sayAnswer(call, answer);
    if (more === true) call.terminal.note("older events are left out");
    for (const event of history) sayEvent(call, event);
    return EXIT.ok;
  });
}

function sayEvent({ terminal }: VerbCall, event: CampaignEvent): void {
  const { version, name, count, round, changes, moveExpiry } = event;
  const words = [
    ...(version === undefined ? [] : [`revision ${version}`]),
    ...(name === undefined ? [] : [name]),
    ...(count === undefined ? [] : [formatNumber(count)]),
    ...(round === undefined ? [] : [`round ${round}`]),
    ...(moveExpiry === undefined ? [] : [`also grants given before of ${moveExpiry.join(", ")}`]),
    ...whoWords(event),
  ];
  const title = `${instantText(event.atMs)}  ${terminal.paint("strong", event.type)}`;
  const line = [title, ...words].join("  ");
  terminal.say(wrapText(line, terminal.width).join("\n  "));
  if (changes === undefined || changes.length === 0) return;
  terminal.table(
    [{ title: "  what" }, { title: "from" }, { title: "to" }],
    changes.map(({ path, from, to }) => [`  ${path}`, from, to]),
  );
}
