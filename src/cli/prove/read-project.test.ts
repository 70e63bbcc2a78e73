// A project whose campaign was not run here says where a journal comes from.
import { resolve } from "node:path";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { openTerminal } from "../terminal.ts";
import { project } from "./project.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../../examples/qwen-2026");

it("names the option, and what leaves the example's journal", async () => {
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  const terminal = openTerminal({ stdout, stderr: stdout, env: {} });
  const asked = project({ terminal, args: [EXAMPLE], flags: {}, env: {}, json: false });
  await expect(asked).rejects.toThrow(
    /found nothing\. Name it with --journal; `hongbao demo` runs/,
  );
});
