// `prove plan` never speaks of effects that cannot be, nor of money that nobody named.
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openTerminal } from "../terminal.ts";
import { plan } from "./plan.ts";

async function ask(flags: Record<string, unknown>): Promise<string> {
  const stdout = new PassThrough();
  let text = "";
  stdout.on("data", (part: Buffer) => (text += part.toString()));
  const stream = stdout as unknown as NodeJS.WriteStream;
  const terminal = openTerminal({ stdout: stream, stderr: stream, env: {} });
  const given = { users: ["1000"], holdout: "50%", ...flags };
  await plan({ terminal, args: [undefined], flags: given, env: {}, json: false });
  return text.replace(/\s+/g, " ");
}

describe("a share", () => {
  it("cannot grow beyond 100 %: what would take more is not seen", async () => {
    const none = await ask({ users: ["100"], base: ["99%"] });
    expect(none).toContain("No effect can be seen: the +1.0 points that are left");
    expect(none).not.toMatch(/An effect of|large enough/);
    expect(none).toContain("none: it would take more than the +1.0 points that are left");
    // Read once it can be seen, all the time not.
    const once = await ask({ users: ["300"], base: ["91%"], weeks: "1" });
    expect(once).toMatch(/An effect of \+[\d.]+ points or more is seen at the end, none when/);
    // The control: where there is room, nothing is none.
    expect(await ask({ users: ["100000"], base: ["50%"] })).not.toContain("none");
  });

  it("whose paying effect is out of reach is said never to pay", async () => {
    const never = await ask({ base: ["20%"], margin: "1", cost: "400" });
    expect(never).toContain(
      "just pays is +40,000.0 points, more than the +80.0 points that are left to 100 %: even if " +
        "it worked on everybody, it would not pay.",
    );
    expect(never).not.toContain("large enough");
    const may = await ask({ base: ["20%"], margin: "10", cost: "4" });
    expect(may).toContain("+40.0 points: the holdout is large enough to tell.");
  });
});

describe("figures", () => {
  it.each([
    [{ deviation: "1e300" }, /^--deviation: expected a standard deviation from 1e-9 to 1e15/],
    [{ deviation: "1e-300" }, /^--deviation: expected a standard deviation from 1e-9/],
    [{ base: ["20%"], margin: "1e-300", cost: "1e300" }, /^--cost: expected a cost that some/],
    [{ base: ["20%"], margin: "18" }, /^--margin needs --cost, too/],
    [{ base: ["20%"], cost: "4" }, /^--cost needs --margin, too/],
    [{}, /expected --base .* or --deviation .*, found neither$/],
    [{ base: ["20%"], deviation: "1" }, /expected --base .* or --deviation .*, found both$/],
  ])("%j are refused for what they are", async (flags, message) => {
    await expect(ask(flags)).rejects.toThrow(message);
  });

  it("of any size are shown as figures", async () => {
    for (const deviation of ["1e15", "1e-9"]) {
      const said = await ask({ users: ["100000000"], deviation });
      expect(said).not.toMatch(/∞|NaN|Infinity|effect of \+?0 or/);
      expect(said).toMatch(/An effect of \+[1-9]/);
    }
  });
});
