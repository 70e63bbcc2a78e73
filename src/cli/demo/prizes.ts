// Winners of the draw see their prizes in the app and spend them; a few never look, so that reserve
// winners are drawn.
import type { CampaignPort } from "./campaign-port.ts";
import type { CrowdBooks } from "./crowd-books.ts";
import type { Inviter } from "./invitations.ts";

/** One winner in so many never looks. */
const UNSEEN_ONE_IN = 8;

/** A shop that delivers everywhere. */
const MERCHANT = "m005";

/** @param prizes ids of the draw's offers; returns how many were spent */
export async function takeUpPrizes(
  port: CampaignPort,
  books: CrowdBooks,
  inviters: readonly Inviter[],
  prizes: ReadonlySet<string>,
): Promise<number> {
  const found = await Promise.all(
    inviters.map(async ({ user, userId }) => {
      const { grants } = await port.grantsOf(userId);
      return grants.filter(({ offer }) => prizes.has(offer)).map(({ grant }) => ({ user, grant }));
    }),
  );
  const won = found.flat().filter((_, i) => (i + 1) % UNSEEN_ONE_IN !== 0);
  const inputs = won.map(({ grant }) => {
    return { id: `prize-${grant}`, grant, attributes: { merchant: MERCHANT } };
  });
  const answers = await port.redemptions(inputs, null);
  answers.forEach((answer, i) => {
    books.redemption({ id: inputs[i]!.id, user: won[i]!.user, cause: "prize" }, answer);
  });
  return answers.filter(({ status }) => status === "redeemed").length;
}
