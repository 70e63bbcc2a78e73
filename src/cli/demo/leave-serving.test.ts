// What `npm start` ends with.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openTerminal } from "../terminal.ts";
import { sayServing } from "./leave-serving.ts";

const LEFT = {
  ...{ url: "http://127.0.0.1:8420", console: "http://127.0.0.1:8420/#code=9f3k7q2m5x8v" },
  ...{ pid: 4711, adminKey: "hb_k-admin_secret", appKey: "hb_k-app_secret" },
};

test("the demo ends by naming the console, and how to get in later", () => {
  let said = "";
  const write = (text: string): void => {
    said += text;
  };
  const stdout = { write, columns: 80 } as unknown as NodeJS.WriteStream;
  sayServing(openTerminal({ stdout, env: {} }), LEFT);
  const lines = said.trimEnd().split("\n");
  const at = lines.indexOf(LEFT.console);
  expect(lines[at - 1]).toMatch(/within 15 minutes\):$/);
  expect(lines.slice(at + 1).join(" ")).toBe(
    `Later sign in at ${LEFT.url} with the key ${LEFT.adminKey}`,
  );
  expect(said).toContain(`kill ${LEFT.pid}`);
});

test("npm start is the demo that goes on serving", async () => {
  const text = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  // What is given after `--` goes to the last command.
  expect(scripts.start).toMatch(/ && node dist\/cli\/main\.js demo --serve$/);
});
