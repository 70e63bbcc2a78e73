// Asks our server's books, after an overload, whether anything was spent above the budget.
import type { CampaignShowAnswer } from "../../src/contract/index.ts";
import type { OurServer } from "../http/ours.ts";

/** Spent + reserved + settling beyond the budget, in minor units; 0 is the only good answer. */
export async function overspentMinor(server: OurServer): Promise<number> {
  const path = server.path.replace(/\/claims$/, "");
  const headers = server.viewer;
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  if (!response.ok) throw new Error(`the books answered ${response.status}`);
  const { books } = (await response.json()) as CampaignShowAnswer;
  if (books === undefined) throw new Error("expected the books of the campaign, got none");
  const { spentMinor, reservedMinor, settlingMinor, budgetMinor } = books;
  return Math.max(0, spentMinor + reservedMinor + settlingMinor - budgetMinor);
}
