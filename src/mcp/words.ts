// An answer in a sentence or two, for the person behind the assistant. The structured answer has it
// all.
import { currencyDecimals, formatMinor } from "../base/money.ts";
import type {
  AcceptAnswer,
  CampaignListAnswer,
  CampaignShowAnswer,
  CampaignSummary,
  CheckAnswer,
  ClaimAnswer,
  DryRunAnswer,
  GrantAnswer,
  GrantView,
  InviteAnswer,
  InvitesAnswer,
  InviteView,
  OffersAnswer,
  OutlookAnswer,
  ReceiptAnswer,
  RedeemAnswer,
  UserGrantsAnswer,
} from "../contract/index.ts";
import { type AnswerBase, type OperationName, statusEntry } from "../contract/index.ts";

/** What was decided, in plain words. */
export function wordsOf(operation: OperationName, answer: AnswerBase): string {
  const entry = statusEntry(answer.status);
  if (entry.kind === "refusal") return refusal(answer, entry.meaning);
  switch (operation) {
    case "claim":
      return claimWords(answer as ClaimAnswer);
    case "dryrun.claim":
      return dryRunWords(answer as DryRunAnswer);
    case "redeem":
      return redeemWords(answer as RedeemAnswer);
    case "invite.create":
      return inviteWords(answer as InviteAnswer);
    case "invite.accept":
      return acceptWords(answer as AcceptAnswer);
    case "invite.show":
      return invitesWords(answer as InvitesAnswer);
    case "offers.list":
      return offersWords(answer as OffersAnswer);
    case "user.grants":
      return grantsWords(answer as UserGrantsAnswer);
    case "grant.show":
      return grantWords((answer as GrantAnswer).grant!);
    case "grant.receipt":
      return receiptWords((answer as ReceiptAnswer).receipt!);
    case "campaign.list":
      return listWords(answer as CampaignListAnswer);
    case "campaign.show":
      return summaryWords((answer as CampaignShowAnswer).books!);
    case "campaign.outlook":
      return outlookWords(answer as Required<OutlookAnswer>);
    case "campaign.check":
      return checkWords(answer as CheckAnswer);
    default:
      return entry.meaning;
  }
}

function refusal(
  answer: AnswerBase & { retryAtMs?: number; cap?: string; reason?: string },
  meaning: string,
): string {
  const cap = answer.cap === undefined ? "" : ` Limit: ${answer.cap}.`;
  const later = answer.retryAtMs === undefined ? "" : ` Try again ${instant(answer.retryAtMs)}.`;
  const reason = answer.reason === undefined ? "" : ` Reason: ${answer.reason}.`;
  return `${answer.status}: ${meaning}${reason}${cap}${later}`;
}

function receiptWords({ subject, checkpoint }: NonNullable<ReceiptAnswer["receipt"]>): string {
  const size = checkpoint.split("\n")[1];
  return `Reward ${subject.grant} stands in the journal, under a checkpoint of ${size} records.`;
}

function claimWords(answer: ClaimAnswer): string {
  const again = answer.replayed ? "This was granted before: " : "Granted: ";
  const amount = money(answer.amountMinor!, answer.currency!);
  return `${again}${amount}, until ${instant(answer.expiresAtMs!)}. Reward ${answer.grant}.`;
}

function dryRunWords({ would, conditions = [], offer }: DryRunAnswer): string {
  if (would === "granted") return `${offer} could be claimed now.`;
  const failed = conditions.filter(({ holds }) => !holds).map(({ reason }) => ` ${reason}.`);
  return `${offer}: ${statusEntry(would!).meaning}${failed.join("")}`;
}

function inviteWords({ code, passphrases, expiresAtMs }: InviteAnswer | InviteView): string {
  const { en, zh } = passphrases!;
  return `Code ${code}, or say "${en}", or 「${zh}」. Open until ${instant(expiresAtMs!)}.`;
}

function acceptWords(answer: AcceptAnswer): string {
  const again = answer.replayed ? "This was accepted before: " : "Accepted: ";
  const amount = money(answer.amountMinor!, answer.currency!);
  return `${again}${amount}, until ${instant(answer.expiresAtMs!)}. Reward ${answer.grant}.`;
}

function invitesWords({ invites, earning = [] }: InvitesAnswer): string {
  if (invites.length === 0) return "Nobody can be invited.";
  const brought = invites.map((view) => {
    const code = view.code === undefined ? "No open code." : inviteWords(view);
    return `${view.invite}: ${view.brought} brought. ${code}`;
  });
  const earned = earning.map((view) => {
    const today = `${view.brought} of ${view.needed} today for an entry`;
    return `Draw ${view.draw}: ${today}; ${view.entries} so far.`;
  });
  return [...brought, ...earned].join("\n");
}

function redeemWords(answer: RedeemAnswer): string {
  const again = answer.replayed ? "This was spent before: " : "Spent: ";
  const spent = money(answer.redeemedMinor!, answer.currency!);
  return `${again}${spent}, left ${money(answer.restMinor!, answer.currency!)}.`;
}

function offersWords({ offers }: OffersAnswer): string {
  if (offers.length === 0) return "Nothing can be claimed now.";
  return offers
    .map(({ offer, title, currency, minAmountMinor, maxAmountMinor }) => {
      const least = money(minAmountMinor, currency);
      const most = money(maxAmountMinor, currency);
      const amount = minAmountMinor === maxAmountMinor ? least : `${least} to ${most}`;
      return `${offer}: ${title}, ${amount}.`;
    })
    .join("\n");
}

function grantsWords({ grants, more }: UserGrantsAnswer): string {
  if (grants.length === 0) return "No rewards yet.";
  return grants.map(grantWords).join("\n") + (more ? "\nThere are more." : "");
}

function grantWords(grant: GrantView): string {
  const amount = money(grant.amountMinor, grant.currency);
  const left = money(grant.restMinor, grant.currency);
  const until = `until ${instant(grant.expiresAtMs)}`;
  return `${grant.grant}: ${grant.offer}, ${grant.state}, ${amount}, left ${left}, ${until}.`;
}

function listWords({ campaigns }: CampaignListAnswer): string {
  return campaigns.length === 0 ? "No campaigns." : campaigns.map(summaryWords).join("\n");
}

function summaryWords(one: CampaignSummary): string {
  const { currency } = one;
  const parts = [
    `budget ${money(one.budgetMinor, currency)}`,
    `spent ${money(one.spentMinor, currency)}`,
    `reserved ${money(one.reservedMinor, currency)}`,
    `settling ${money(one.settlingMinor, currency)}`,
    `free ${money(one.freeMinor, currency)}`,
  ];
  return `${one.campaign} (${one.phase}): ${parts.join(", ")}.`;
}

function outlookWords(answer: Required<OutlookAnswer>): string {
  const { currency, expected, runOut } = answer;
  const { fromMinor, toMinor } = expected.almostSure;
  const span = `${money(fromMinor, currency)} to ${money(toMinor, currency)}`;
  const out = [
    `spent ${money(answer.spentMinor, currency)}`,
    `out ${money(answer.reservedMinor, currency)}`,
    `can be granted ${money(answer.grantableMinor, currency)}`,
    `at worst ${money(answer.worstMinor, currency)} is spent of it`,
  ].join(", ");
  const spend = `Expected is ${money(expected.spendMinor, currency)}; 95 %: ${span}.`;
  if (runOut === null) return `${answer.campaign}: ${out}. ${spend}`;
  const chance = Math.round(100 * runOut.chance);
  const when = runOut.atMs === null ? "" : `, about ${instant(runOut.atMs)}`;
  return `${answer.campaign}: ${out}. ${spend} It runs out with ${chance} %${when}.`;
}

function checkWords({ valid, problems, explanation }: CheckAnswer): string {
  if (valid) return explanation.join("\n");
  const lines = problems.map(
    ({ line, path, expected, found }) =>
      `line ${line}, ${path}: expected ${expected}, found ${found}`,
  );
  return `Not valid.\n${lines.join("\n")}`;
}

function money(minor: number, currency: string): string {
  // A currency that nobody lists is shown as its journal has it, in minor units.
  return `${formatMinor(minor, currencyDecimals(currency) ?? 0)} ${currency}`;
}

function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
