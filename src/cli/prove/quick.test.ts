// What is said on the command line of `prove quick` is taken for what it says, or refused.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTerminal } from "../terminal.ts";
import { quick } from "./quick.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-quick-cli-"));
  file = join(folder, "table.csv");
  // 600 against 400: nothing that chance does.
  const rows = Array.from({ length: 1000 }, (_, i) => `${i % 5 < 3 ? "a" : "b"},${i % 2},${i % 3}`);
  await writeFile(file, `${["arm,kept,spend", ...rows].join("\n")}\n`);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function ask(flags: Record<string, unknown>): Promise<string> {
  const stdout = new PassThrough();
  let text = "";
  stdout.on("data", (part: Buffer) => (text += part.toString()));
  const stream = stdout as unknown as NodeJS.WriteStream;
  const terminal = openTerminal({ stdout: stream, stderr: stream, env: {} });
  const given = { arm: "arm", control: "a", outcome: ["kept"], ...flags };
  await quick({ terminal, args: [file], flags: given, env: {}, json: false });
  return text.replace(/\s+/g, " ");
}

describe("--deviation", () => {
  it.each(["5", "6%", "100%", ".051"])("%s is no small part", async (deviation) => {
    await expect(ask({ deviation })).rejects.toThrow(
      /^--deviation: expected a part from 0 to 0.05/,
    );
  });

  it("never makes pass what chance never does, and says what was asked", async () => {
    // 505 to 495 in 100,000: p = .0016, 1 % off; and 520 to 480, whose p is 1e-37.
    const table = async (a: number, b: number): Promise<void> => {
      const rows = [...Array(a).fill("a,1,1"), ...Array(b).fill("b,0,1")];
      await writeFile(file, `${["arm,kept,spend", ...rows].join("\n")}\n`);
    };
    await table(50_500, 49_500);
    const shares = "a=50%,b=.5";
    const alarm = await ask({ shares });
    expect(alarm).toContain("Randomisation broken");
    const asked = await ask({ shares, deviation: "2%" });
    expect(asked).not.toContain("Randomisation broken");
    expect(asked).toContain("largest deviation 1.00 % (up to 2.00 % allowed, as asked)");
    await table(52_000, 48_000);
    const certain = await ask({ shares, deviation: "5%" });
    expect(certain).toContain("Randomisation broken");
    expect(certain).toContain("(up to 5.00 % allowed, as asked, but not where p is below 1e-6)");
  });
});

describe("--margin", () => {
  it("needs --cost: a cost that nobody said is not a cost of nothing", async () => {
    await expect(ask({ margin: "1" })).rejects.toThrow(/^--margin needs --cost, too/);
    await expect(ask({ cost: "1" })).rejects.toThrow(/^--cost needs --margin/);
    const said = await ask({ margin: "1", cost: "0", shares: "a=.6,b=.4" });
    expect(said).toMatch(/pays|break-even|worth/);
  });
});

describe("--shares", () => {
  it("takes parts and per cents", async () => {
    const parts = await ask({ shares: "a=.6,b=.4" });
    expect(parts).toContain("grade A");
    expect(await ask({ shares: "a=60%,b= 40 %" })).toBe(parts);
    expect(await ask({ shares: "a=40%,b=60%" })).not.toBe(parts);
  });

  it.each([
    ["a=.5,a=.5", /^--shares: expected one share of "a", found two$/],
    ["a=.5,b", /^--shares: expected name=share with shares .*, found "b"$/],
    ["a=0,b=1", /^--shares: expected name=share with shares .*, found "a=0"$/],
    ["a=500%,b=50%", /found "a=500%"$/],
    ["a=.5,b=.4", /^--shares: expected shares that add up to 1, found 0.9$/],
  ])("%s is refused for what it is", async (shares, message) => {
    await expect(ask({ shares })).rejects.toThrow(message);
  });
});
