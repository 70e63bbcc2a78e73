import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { describe as describeValue, jsonPath, parse } from "./parse.ts";
import { fastClaim, fastRedeem, parseClaim, parseRedeem } from "./parse-fast.ts";
import { type ClaimInput, claimSchema } from "./schema/claim.ts";
import { redeemSchema } from "./schema/redeem.ts";
import { reverseSchema } from "./schema/reverse.ts";
import { isText } from "./schema/text.ts";

const CLAIM: ClaimInput = { id: "c1", user: "u1", offer: "card" };

/** What is wrong with a claim: path, expected, found. */
function fault(input: unknown): Record<string, unknown> {
  try {
    parseClaim(input);
  } catch (error) {
    if (error instanceof HongbaoError && error.code === "invalid_request") return error.details;
    throw error;
  }
  return { path: "accepted" };
}

describe("a claim is refused, with the path of the first offending field,", () => {
  const wrong: [string, unknown, string, string, string][] = [
    ["when it is null", null, "$", "an object", "null"],
    ["when it is an array", [CLAIM], "$", "an object", "an array of 1"],
    ["when it is a string", "claim", "$", "an object", "a string of 5 characters"],
    ["without an id", { user: "u", offer: "o" }, "$.id", "a string", "nothing"],
    ["with a number as id", { ...CLAIM, id: 7 }, "$.id", "a string", "7"],
    ["with an empty id", { ...CLAIM, id: "" }, "$.id", "1 to 128 bytes", "0 characters"],
    ["with an id of 129 bytes", { ...CLAIM, id: "x".repeat(129) }, "$.id", "128 bytes", "129"],
    ["with 43 characters of 3 bytes", { ...CLAIM, user: "包".repeat(43) }, "$.user", "128", "43"],
    ["with half a character", { ...CLAIM, user: "a\ud800" }, "$.user", "well-formed", "2"],
    ["with a stray low half", { ...CLAIM, user: "\udc00a" }, "$.user", "well-formed", "2"],
    ["with an unknown key", { ...CLAIM, amount: 5 }, "$.amount", "no such key", "unknown key"],
    ["with null for absent", { ...CLAIM, ref: null }, "$.ref", "a string", "null"],
    ["with undefined for absent", { ...CLAIM, ref: undefined }, "$.ref", "a string", "nothing"],
    ["with a ref of 33 bytes", { ...CLAIM, ref: "r".repeat(33) }, "$.ref", "32 bytes", "33"],
    ["with a time as text", { ...CLAIM, notAfterMs: "1" }, "$.notAfterMs", "a number", "a string"],
    ["with a fraction of a ms", { ...CLAIM, notAfterMs: 1.5 }, "$.notAfterMs", "whole", "1.5"],
    ["with NaN", { ...CLAIM, notAfterMs: Number.NaN }, "$.notAfterMs", "a number", "NaN"],
    ["with infinity", { ...CLAIM, notAfterMs: 1 / 0 }, "$.notAfterMs", "number", "Infinity"],
    ["with a time beyond 2^53", { ...CLAIM, notAfterMs: 2 ** 53 }, "$.notAfterMs", "at most", "9"],
    ["with a negative time", { ...CLAIM, notAfterMs: -1 }, "$.notAfterMs", "at least 1", "-1"],
    ["with a list of attributes", { ...CLAIM, attributes: [] }, "$.attributes", "object", "array"],
    [
      "with an attribute that is a number",
      { ...CLAIM, attributes: { device: 5 } },
      "$.attributes.device",
      "a string",
      "5",
    ],
    [
      "with an attribute's name in capitals",
      { ...CLAIM, attributes: { Device: "d" } },
      "$.attributes.Device",
      "a key of the form",
      "another key",
    ],
    [
      "with 17 attributes",
      { ...CLAIM, attributes: Object.fromEntries([...Array(17)].map((_, i) => [`a${i}`, "x"])) },
      "$.attributes",
      "at most 16 attributes",
      "an object",
    ],
    [
      "with __proto__ as a key",
      JSON.parse('{"id":"a","user":"b","offer":"c","attributes":{"__proto__":"x"}}'),
      "$.attributes.__proto__",
      "no such key",
      "an unknown key",
    ],
  ];
  test.each(wrong)("%s", (_, input, path, expected, found) => {
    const details = fault(input);
    expect(details.path).toBe(path);
    expect(details.expected).toContain(expected);
    expect(details.found).toContain(found);
  });
});

test("a claim is accepted at every limit", () => {
  const claim: ClaimInput = {
    id: "x".repeat(128),
    user: "包".repeat(42),
    offer: "😀".repeat(32),
    attributes: Object.fromEntries([...Array(16)].map((_, i) => [`a${i}`, "y".repeat(128)])),
    notAfterMs: 8_640_000_000_000_000,
    variant: "mens",
    ref: "r".repeat(32),
  };
  expect(fastClaim(claim)).toEqual(claim);
  expect(parse(claim, claimSchema)).toEqual(claim);
});

test("an error repeats no text of the caller", () => {
  const secret = "4111-1111-1111-1111\ud800";
  expect(JSON.stringify(fault({ ...CLAIM, user: secret }))).not.toContain("4111");
  expect(JSON.stringify(fault({ ...CLAIM, attributes: { device: [secret] } }))).not.toContain(
    "4111",
  );
});

test("amounts are positive whole numbers of minor units", () => {
  const redeem = { id: "r", grant: "g" };
  for (const amountMinor of [0, -1, 0.5, 2 ** 53, Number.NaN, "2500", true, [7], null]) {
    expect(() => parseRedeem({ ...redeem, amountMinor })).toThrow("$.amountMinor");
  }
  expect(parseRedeem({ ...redeem, amountMinor: 1 })).toEqual({ ...redeem, amountMinor: 1 });
});

/** Values around the borders of what is allowed, and far from them. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 140 }),
  fc.constantFrom("", "a", "x".repeat(128), "x".repeat(129), "é".repeat(64), "é".repeat(65)),
  fc.constantFrom(
    "\ud800",
    "a\udfffb",
    "😀".repeat(32),
    "😀".repeat(33),
    "mens",
    "A-",
    "r".repeat(33),
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, 2 ** 53 - 1, 2 ** 53, 8.64e15, 8.64e15 + 1, Number.NaN, 0.5),
);
const odd = fc.oneof(text, number, fc.constantFrom(null, undefined, true, [], {}, [7]));
const attributes = fc.oneof(
  odd,
  fc.dictionary(fc.oneof(fc.constantFrom("device", "ip", "a_1", "A", "", "1a"), text), odd, {
    maxKeys: 18,
  }),
  fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,33}$/), text, { maxKeys: 18 }),
);

const id = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
const instant = fc.integer({ min: 1, max: 8.64e15 });
const goodAttributes = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,31}$/), id, {
  maxKeys: 16,
});

/** Mostly right objects, some with one or two fields replaced, and anything at all. */
function almost(
  right: Record<string, fc.Arbitrary<unknown>>,
  requiredKeys: string[],
  wrong: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<unknown> {
  const good = fc.record(right, { requiredKeys });
  const bad = fc.record({ ...wrong, zzz: odd }, { requiredKeys: [] });
  const mixed = fc
    .tuple(good, bad, fc.subarray(Object.keys({ ...wrong, zzz: 1 }), { maxLength: 2 }))
    .map(([base, other, keys]) => {
      const replaced = Object.entries(other).filter(([key]) => keys.includes(key));
      return { ...base, ...Object.fromEntries(replaced) };
    });
  return fc.oneof(good, mixed, mixed, bad, fc.anything());
}

test("the fast claim accepts what the schema accepts, as an equal value, and no more", () => {
  const variant = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
  const ref = fc.string({ minLength: 1, maxLength: 32 });
  const right = { id, user: id, offer: id, attributes: goodAttributes, notAfterMs: instant };
  const wrong = { id: odd, user: text, offer: odd, attributes, notAfterMs: number };
  const inputs = almost({ ...right, variant, ref }, ["id", "user", "offer"], {
    ...wrong,
    variant: text,
    ref: text,
  });
  const seen = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(inputs, (input) => {
      const slow = claimSchema.safeParse(input);
      const fast = fastClaim(input);
      if (fast !== null) expect(slow.success && slow.data).toEqual(fast);
      else if (isPlainEverywhere(input)) expect(slow.success).toBe(false);
      seen[fast === null ? "refused" : "accepted"] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(seen.accepted).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
});

test("the fast redemption accepts what the schema accepts, and nothing else", () => {
  const times = { amountMinor: instant, paidAtMs: instant, notAfterMs: instant };
  const numbers = { amountMinor: number, paidAtMs: number, notAfterMs: number };
  const inputs = almost({ id, grant: id, attributes: goodAttributes, ...times }, ["id", "grant"], {
    id: text,
    grant: odd,
    attributes,
    ...numbers,
  });
  const seen = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(inputs, (input) => {
      const slow = redeemSchema.safeParse(input);
      const fast = fastRedeem(input);
      if (fast !== null) expect(slow.success && slow.data).toEqual(fast);
      else if (isPlainEverywhere(input)) expect(slow.success).toBe(false);
      seen[fast === null ? "refused" : "accepted"] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(seen.accepted).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
});

/** Objects of JSON: only of others may the fast path doubt what the schema accepts. */
function isPlainEverywhere(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
  if (Object.hasOwn(value, "__proto__")) return false;
  return Object.values(value).every(isPlainEverywhere);
}

test("a text is measured in bytes of well-formed Unicode", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(60), (value, limit) => {
      const isWellFormed = !/\p{Surrogate}/u.test(value);
      const bytes = utf8(value).length;
      expect(isText(value, limit)).toBe(isWellFormed && bytes >= 1 && bytes <= limit);
    }),
    { numRuns: 2000 },
  );
});

test("any value at all is accepted or refused as invalid_request, never anything else", () => {
  fc.assert(
    fc.property(fc.anything(), (input) => {
      for (const schema of [claimSchema, redeemSchema, reverseSchema]) {
        try {
          parse<unknown>(input, schema);
        } catch (error) {
          expect(error).toBeInstanceOf(HongbaoError);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("a path is JSON path, and long names are cut", () => {
  expect(jsonPath([])).toBe("$");
  expect(jsonPath(["a", 0, "x y"])).toBe('$.a[0]["x y"]');
  expect(jsonPath(["z".repeat(200)]).length).toBeLessThan(60);
});

test("a value is described without its text", () => {
  expect(describeValue("secret")).toBe("a string of 6 characters");
  expect(describeValue([1, 2])).toBe("an array of 2");
  expect(describeValue({})).toBe("an object");
  expect(describeValue(1e300)).toBe("1e+300");
});
