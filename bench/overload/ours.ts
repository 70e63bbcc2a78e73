// Asks our server's books, after an overload, whether anything was spent above the budget.
import type { OurServer } from "../http/ours.ts";

/** Spent + reserved + settling beyond the budget, in minor units; 0 is the only good answer. */
export async function overspentMinor(server: OurServer): Promise<number> {
  const path = server.path.replace(/\/claims$/, "");
  const headers = server.headers;
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  if (!response.ok) throw new Error(`the books answered ${response.status}`);
  const books = (await response.json()) as Record<string, number>;
  const used = ["spentMinor", "reservedMinor", "settlingMinor"].map((name) => books[name]);
  const budget = books.budgetMinor;
  if (budget === undefined || used.includes(undefined)) {
    throw new Error(`expected the books of the campaign, got ${JSON.stringify(books)}`);
  }
  return Math.max(0, used.reduce<number>((sum, part) => sum + (part ?? 0), 0) - budget);
}
