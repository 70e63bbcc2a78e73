// Names that every ordinary object already answers to are names like others.
import { expect, it } from "vitest";
import { emptyRecord, ownOf } from "./record.ts";

const TAKEN = ["constructor", "__proto__", "toString"];

it("an empty record answers to no name, and keeps what is put there under any", () => {
  const record = emptyRecord<number>();
  for (const name of TAKEN) expect(record[name]).toBeUndefined();
  TAKEN.forEach((name, i) => {
    record[name] = i;
  });
  expect(TAKEN.map((name) => record[name])).toEqual([0, 1, 2]);
});

it("a record is asked only for what it has of its own", () => {
  for (const name of TAKEN) expect(ownOf({} as Record<string, number>, name)).toBeUndefined();
  expect(ownOf(undefined, "a")).toBeUndefined();
  expect(ownOf({ constructor: 1 } as Record<string, number>, "constructor")).toBe(1);
});
