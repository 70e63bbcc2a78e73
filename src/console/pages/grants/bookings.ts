// Money that is booked with a grant which is over: what came in of what is owing, and payments that
// a merchant made although it could not pay them any more.
import type { AnswerOf, CallOptions, Client, InputOf } from "../../../client/index.ts";
import type { Grant } from "../../parts/grant-badge.tsx";
import type { Books } from "../../parts/with-books.tsx";

export type BookingName = "repay" | "cover" | "uncover";
export type BookingAnswer = AnswerOf<"grant.cover">;

/** Whatever is decided, the server says; this is what can make sense. */
export function possibleBookings(
  one: Grant,
  { phase }: Books,
  hasCover: boolean,
): readonly BookingName[] {
  const isOver = phase === "closed" || (one.state !== "reserved" && one.state !== "held");
  const owes = (one.owedMinor ?? 0) > 0;
  return [
    ...(owes ? (["repay"] as const) : []),
    ...(isOver ? (["cover"] as const) : []),
    ...(isOver && hasCover ? (["uncover"] as const) : []),
  ];
}

/** The most that a booking can be of. */
export function mostMinor(name: BookingName, one: Grant): number {
  return name === "repay" ? (one.owedMinor ?? 0) : one.amountMinor;
}

export interface Booking {
  name: BookingName;
  campaign: string;
  grant: string;
  id: string;
  why: string;
  evidence: string;
  amountMinor: number;
  paidAtMs: number;
  merchant: string;
  separate: boolean;
  /** The id that the payment was booked with. */
  cover: string;
}

export function book(
  client: Client,
  booking: Booking,
  options: CallOptions,
): Promise<BookingAnswer> {
  const { name, campaign, grant, id, why, evidence, amountMinor, paidAtMs, merchant } = booking;
  const said = { campaign, grant, id, why: why.trim(), ...given("evidence", evidence) };
  switch (name) {
    case "repay":
      return client.grant.repay({ ...said, amountMinor }, options);
    case "cover": {
      const separate = booking.separate ? { separate: true as const } : {};
      const input: InputOf<"grant.cover"> = { ...said, amountMinor, paidAtMs, ...separate };
      return client.grant.cover({ ...input, ...given("merchant", merchant) }, options);
    }
    case "uncover":
      return client.grant.uncover({ ...said, cover: booking.cover.trim() }, options);
  }
}

function given<K extends string>(key: K, text: string): { [N in K]?: string } {
  const value = text.trim();
  return value === "" ? {} : ({ [key]: value } as { [N in K]: string });
}
