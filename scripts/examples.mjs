// Executes what the docs promise: every example project, and every shell block marked `sh runnable`
// in the README and under docs/, page by page, in a scratch folder that looks like a clone. Blocks
// run in order and share their folder and environment; `sh runnable background` starts a server,
// what is marked `sh runnable fails` must be refused, and what is marked `text shown` must have
// been printed on the page, however its lines were broken. Words stand for what the reader
// copies from his screen: `hb_…` for the last key, GRANT for the last grant, PROPOSAL for the last
// proposal's digest.
// Pages that start a server take the same port and run one after the other; meanwhile, in a folder
// of their own, so do the examples and the pages that start none.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MAIN = join(ROOT, "dist", "cli", "main.js");
const BLOCK_MS = 300_000;
const READY_MS = 30_000;

/**
 * `--outputs` prints what every block said, for those who write the docs; a page's name runs that
 * page alone.
 */
const isTalkative = process.argv.includes("--outputs");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const scratch = mkdtempSync(join(tmpdir(), "hongbao-examples-"));
let failed = 0;

/** A folder with what commands of the docs name, as a reader in a clone has it. */
function prepare(name) {
  const folder = join(scratch, name);
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const shim = `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`;
  writeFileSync(join(bin, "hongbao"), shim, { mode: 0o755 });
  for (const name of ["examples", "dist", "node_modules", "package.json"]) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("HONGBAO_")),
  );
  const path = `${bin}${delimiter}${process.env.PATH}`;
  return { ...env, PATH: path, PWD: folder, NO_COLOR: "1" };
}

/**
 * Runs a shell text in the folder where the block before it ended; resolves with its exit code,
 * output and environment afterwards.
 */
function shell(text, env) {
  const cwd = env.PWD;
  const envFile = join(mkdtempSync(join(scratch, "env-")), "env");
  return new Promise((resolve) => {
    const script = `set -e\n${text}\nenv -0 > "${envFile}"\n`;
    const child = spawn("bash", ["-c", script], { cwd, env });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const late = setTimeout(() => child.kill("SIGKILL"), BLOCK_MS);
    child.on("close", (code) => {
      clearTimeout(late);
      resolve({ code, output, env: code === 0 ? readEnv(envFile) : env });
    });
  });
}

function readEnv(file) {
  const pairs = readFileSync(file, "utf8").split("\0").filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
}

/** Starts a server; resolves with its process and what it said once it is ready. */
function background(text, env) {
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", `exec ${text.trim()}`], { cwd: env.PWD, env });
    let output = "";
    const told = (code) => resolve({ child, code, output });
    const late = setTimeout(() => told(1), READY_MS);
    const hear = (chunk) => {
      output += chunk;
      if (!/\bready\b|Ctrl-C/.test(output)) return;
      clearTimeout(late);
      // The rest of what it says at the start arrives with the same write.
      setTimeout(() => told(0), 100);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => told(code ?? 1));
  });
}

const BLOCK = /^```(?:sh runnable( background| fails)?|text( shown))\n([\s\S]*?)^```/gm;

function blocksOf(page) {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(BLOCK)].map((match) => ({
    text: match[3],
    isBackground: match[1] === " background",
    fails: match[1] === " fails",
    isShown: match[2] !== undefined,
    line: text.slice(0, match.index).split("\n").length,
  }));
}

/** Whether it was printed, in these words. */
function printed(text, seen) {
  const flat = (words) => words.replace(/\s+/g, " ").trim();
  const code = flat(seen).includes(flat(text)) ? 0 : 1;
  return {
    code,
    output: code === 0 ? "" : `expected what was printed, found another text:\n${text}`,
  };
}

function pages(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}

async function runPage(page, env) {
  const name = relative(ROOT, page);
  const servers = [];
  let seen = "";
  try {
    for (const { text, isBackground, fails, isShown, line } of blocksOf(page)) {
      if (isShown) {
        report(`${name}:${line}`, printed(text, seen));
        continue;
      }
      const filled = fill(text, seen);
      const told = isBackground ? await background(filled, env) : await shell(filled, env);
      const done = fails ? { ...told, code: told.code === 0 ? 1 : 0 } : told;
      if (done.child !== undefined) servers.push(done.child);
      else if (!fails) env = done.env;
      seen += done.output;
      report(`${name}:${line}`, done);
      if (done.code !== 0) return;
    }
  } finally {
    for (const child of servers) await stop(child);
  }
}

function fill(text, seen) {
  const last = (pattern) => [...seen.matchAll(pattern)].at(-1)?.[1];
  return text
    .replace(/hb_…/g, last(/(hb_k-[0-9a-z]+_[0-9a-z]+)/g) ?? "hb_…")
    .replace(/\bGRANT\b/g, last(/^ +grant +((?:rehearsal-)?[0-9a-z]{20,})$/gm) ?? "GRANT")
    .replace(/\bPROPOSAL\b/g, last(/^ +proposal +([0-9a-f]{32})$/gm) ?? "PROPOSAL");
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("close", resolve);
    child.kill("SIGTERM");
  });
}

function report(name, { code, output }) {
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name}`);
  if (code === 0 && !isTalkative) return;
  if (code !== 0) failed += 1;
  console.log(output.replace(/^/gm, "       "));
}

/** Every example is checked; those with a whole job run it. */
async function runExamples(env) {
  for (const name of readdirSync(join(ROOT, "examples")).sort()) {
    const file = join("examples", name, "campaign.yaml");
    if (!existsSync(join(ROOT, file))) continue;
    report(file, await shell(`hongbao campaign check ${file}`, env));
    const has = (part) => existsSync(join(ROOT, "examples", name, part));
    if (has("run.yaml")) report(`run of ${name}`, await shell(`hongbao run examples/${name}`, env));
    if (has("published.yaml")) {
      report(`demo of ${name}`, await shell("hongbao demo --data data/demo-001", env));
      report(`proof of ${name}`, await shell(PROVE_DEMO, env));
    } else if (has("prove.yaml")) {
      report(`proof of ${name}`, await shell(`hongbao prove examples/${name}`, env));
    }
  }
}

/** What the demo left, judged again by the same plan. */
const PROVE_DEMO = `hongbao prove examples/qwen-2026 --journal data/demo-001/ledger \\
  --outcomes data/demo-001/outcomes.parquet --log visits=data/demo-001/visits.parquet \\
  --html report.html`;

async function runPages(pages, env) {
  for (const page of pages) await runPage(page, env);
}

async function runAll(alone, serving) {
  const env = prepare("alone");
  const others = runPages(serving, prepare("serving"));
  if (named.length === 0) await runExamples(env);
  await runPages(alone, env);
  await others;
}

try {
  const all = [join(ROOT, "README.md"), ...pages(join(ROOT, "docs"))];
  const asked = (named.length === 0 ? all : named.map((page) => resolve(page))).filter(existsSync);
  const serves = (page) => blocksOf(page).some(({ isBackground }) => isBackground);
  await runAll(
    asked.filter((page) => !serves(page)),
    asked.filter(serves),
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(failed === 0 ? "examples: all ran" : `examples: ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
