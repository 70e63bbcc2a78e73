// A link handed to whatever opens browsers: programs of the system, here two of the test's own.
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openBrowser } from "./console.ts";
import { openTerminal } from "./terminal.ts";

const LINK = "http://127.0.0.1:8420/#code=9f3k7q2m5x8v";

let folder: string;
let notes: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-browser-"));
  notes = "";
  // No desktop, whose own way of opening would be asked first.
  for (const name of ["DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION"]) {
    vi.stubEnv(name, "");
  }
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function open(browser: string): Promise<void> {
  vi.stubEnv("BROWSER", browser);
  const stderr = { write: (text: string) => (notes += text) } as unknown as NodeJS.WriteStream;
  await openBrowser(LINK, openTerminal({ stderr, env: {} }));
}

describe.runIf(process.platform === "linux")("--open", () => {
  test("hands the link to the browser, and says nothing", async () => {
    const [browser, got] = [join(folder, "browser"), join(folder, "got")];
    await writeFile(
      browser,
      `#!/bin/sh\nprintf %s "$1" > '${got}.new' && mv '${got}.new' '${got}'\n`,
    );
    await chmod(browser, 0o755);
    await open(browser);
    await expect.poll(() => existsSync(got), { timeout: 10_000 }).toBe(true);
    expect(await readFile(got, "utf8")).toBe(LINK);
    expect(notes).toBe("");
  });

  test("says what to do where there is no browser", async () => {
    await open(join(folder, "none"));
    expect(notes).toMatch(/no browser could be opened \(.*3\); open the link by hand/);
    expect(notes).not.toContain("code=");
  });
});
