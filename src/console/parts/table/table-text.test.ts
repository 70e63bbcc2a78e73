// What tables say as text, where there is something to say.
import { createIntl } from "react-intl";
import { describe, expect, it } from "vitest";
import { en } from "../../words/en.ts";
import type { DataColumn } from "./column.ts";
import { holdsAll, savedCells } from "./table-text.ts";

interface Cap {
  name: string;
  share: number | null;
  endsAtMs: number | null;
}

const COLUMNS: DataColumn<Cap>[] = [
  { name: "campaign.cap", value: ({ name }) => name },
  { name: "campaign.given", value: ({ share }) => share },
  { name: "campaign.to", value: ({ endsAtMs }) => endsAtMs, isInstant: true },
];
const intl = createIntl({ locale: "en", messages: en });

describe("the text of a table", () => {
  it("has nothing where there is nothing: no 0, no minus one, no null", () => {
    const nothing = { name: "user-day", share: null, endsAtMs: null };
    expect(savedCells(COLUMNS, nothing, intl)).toEqual(["user-day", "", ""]);
    expect(holdsAll(COLUMNS, nothing, "null", intl)).toBe(false);
    const known = { name: "ip", share: 0, endsAtMs: 0 };
    expect(savedCells(COLUMNS, known, intl)).toEqual(["ip", 0, "1970-01-01T00:00:00.000Z"]);
  });
});
