// What was typed, as the server takes it.
import type { InputOf } from "../../../client/index.ts";
import type { GrantState } from "../../parts/grant-badge.tsx";
import type { Books } from "../../parts/with-books.tsx";

export type Filter = InputOf<"suspects.find">["where"];

export const NO_FIELDS = {
  state: "",
  offer: "",
  merchant: "",
  attribute: "",
  values: "",
  above: "",
};

export type Fields = typeof NO_FIELDS;

export const STATES: readonly GrantState[] = [
  "reserved",
  "held",
  "redeemed",
  "expired",
  "cancelled",
  "clawed_back",
];

/** What may stand in an address: no values, which may be of devices or people. */
const IN_ADDRESS = ["state", "offer", "merchant", "attribute", "above"] as const;

/** What its field cannot show counts as absent. */
export function fieldsIn(search: URLSearchParams, books: Pick<Books, "caps">): Fields {
  const named = IN_ADDRESS.map((name) => {
    const given = search.get(name) ?? "";
    return [name, canShow(name, given, books) ? given : ""];
  });
  return { ...NO_FIELDS, ...Object.fromEntries(named) };
}

function canShow(
  name: (typeof IN_ADDRESS)[number],
  given: string,
  books: Pick<Books, "caps">,
): boolean {
  switch (name) {
    case "state":
      return STATES.some((state) => state === given);
    case "attribute":
      return attributesOf(books).includes(given);
    case "above":
      return /^[0-9]{1,9}$/.test(given);
    case "offer":
    case "merchant":
      return true;
  }
}

/** Nothing of a search by values: without them the rest would find, and offer to hold, far more. */
export function addressOf(fields: Fields): Record<string, string> {
  if (fields.values.trim() !== "") return {};
  const named = IN_ADDRESS.map((name) => [name, fields[name].trim()] as const);
  return Object.fromEntries(named.filter(([, text]) => text !== ""));
}

export function filterOf({ state, offer, merchant, attribute, values, above }: Fields): Filter {
  const is = values.split(/[\s,]+/).filter((one) => one !== "");
  const ring = above.trim();
  return {
    ...(state !== "" && { states: [state as GrantState] }),
    ...(offer.trim() !== "" && { offers: [offer.trim()] }),
    ...(merchant.trim() !== "" && { merchant: merchant.trim() }),
    ...(attribute !== "" && is.length > 0 && { values: { by: attribute, is } }),
    ...(attribute !== "" && ring !== "" && { ring: { by: attribute, above: Number(ring) } }),
  };
}

/** Those that a cap on claims counts by: the server keeps no others. */
export function attributesOf(books: Pick<Books, "caps">): string[] {
  const counted = books.caps.filter(({ on }) => on === "claim").map(({ dimension }) => dimension);
  return [...new Set(counted)].filter(isAttribute);
}

const OTHERS: ReadonlySet<string> = new Set(["campaign", "wave", "offer", "user"]);

function isAttribute(dimension: string): boolean {
  return !OTHERS.has(dimension) && !dimension.includes(":");
}
