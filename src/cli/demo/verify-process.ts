// `hongbao verify` in a process of its own, as anybody would run it: it shares nothing with the
// demo.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { HongbaoError } from "../../base/error.ts";
import type { VerifyReport } from "../../journal/verify/verify.ts";
import type { VerifyFacts } from "./result.ts";
import { selfCommand } from "./server-process.ts";

/** A journal that is not sound is a result; a verification that did not run is `run_failed`. */
export async function verifyInProcess(directory: string, campaign: string): Promise<VerifyFacts> {
  const startedAtMs = performance.now();
  const { file, args } = selfCommand("verify", directory, "--json");
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const texts = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (texts[0] += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (texts[1] += chunk.toString()));
  await once(child, "close");
  process.off("exit", stop);
  const report = reportIn(texts[0]!);
  if (report === null) {
    const message = `hongbao verify ${directory} did not run: ${texts[1]!.trim() || "no output"}`;
    throw new HongbaoError({ code: "run_failed", message });
  }
  return {
    ok: report.ok,
    records: report.records,
    events: report.events,
    kinds: report.checks.filter(({ count }) => count > 0).length,
    checks: report.checks.reduce((sum, { count }) => sum + count, 0),
    draws: report.checks.find(({ name }) => name === "draws")?.count ?? 0,
    checkpoints: report.checkpoints.signed,
    merchantsMinor: report.campaigns.find(({ id }) => id === campaign)?.merchantsMinor ?? 0,
    problems: report.problemCount,
    tookMs: performance.now() - startedAtMs,
  };
}

function reportIn(text: string): VerifyReport | null {
  try {
    const value = JSON.parse(text) as VerifyReport | { error: unknown };
    return "checks" in value ? value : null;
  } catch {
    return null; // the error on standard error says more
  }
}
