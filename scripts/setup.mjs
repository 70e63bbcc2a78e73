// Makes a checkout ready to run: decides what is missing (packages, build), does only that, and
// says in one line what it did. It has no dependencies, because in a fresh clone there are none.
// Several runs at once are safe, and a run that was interrupted is done again by the next.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const LOCK = join(ROOT, ".setup-lock");
const PACKAGES_STAMP = join(ROOT, "node_modules", ".hongbao-packages");
const BUILD_STAMP = join(ROOT, "dist", ".hongbao-build");
const LOCK_WAIT_MS = 15 * 60_000; // Longer than an install over a slow line.
const LOCK_NAMELESS_MS = 10_000; // A lock without an owner's name is one that died being made.

/** What the reader can put right himself: printed without a stack. */
class SetupError extends Error {}

let child = null;
let lockHeld = false;

async function setup(quiet) {
  refuseOldNode();
  if (packagesFresh() && buildFresh()) return announce("everything is up to date.", quiet);
  const done = [];
  await takeLock();
  try {
    if (!packagesFresh()) {
      announce("installing packages (npm ci) …", quiet);
      await installPackages();
      done.push("packages installed");
    }
    if (!buildFresh()) {
      announce("building (tsc, vite) …", quiet);
      await build();
      done.push("build made");
    }
  } finally {
    releaseLock();
  }
  announce(done.length > 0 ? `${done.join(", ")}.` : "another run did it.", quiet);
}

function announce(text, quiet) {
  if (!quiet) console.error(`setup: ${text}`);
}

function refuseOldNode() {
  const wanted = readJson("package.json").engines.node.replace(/[^0-9.]/g, "");
  const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new SetupError(
    `hongbao needs Node ${wanted} or newer; this is Node ${process.versions.node}.\n` +
      "       Install a current Node from https://nodejs.org and run the same command again.",
  );
}

function packagesFresh() {
  const wanted = packagesHash();
  if (!existsSync(join(ROOT, "node_modules"))) return false;
  if (readOrEmpty(PACKAGES_STAMP) === wanted) return true;
  if (!installedByHand()) return false;
  writeFileSync(PACKAGES_STAMP, wanted);
  return true;
}

function packagesHash() {
  return sha256([readFileSync(join(ROOT, "package-lock.json")), process.platform, process.arch]);
}

// npm writes node_modules/.package-lock.json when it has finished, so whoever ran `npm ci` or
// `npm install` himself (and may be offline now) is not made to do it twice.
function installedByHand() {
  const text = readOrEmpty(join(ROOT, "node_modules", ".package-lock.json"));
  if (text === "") return false;
  const installed = JSON.parse(text).packages;
  for (const [path, wanted] of Object.entries(readJson("package-lock.json").packages)) {
    if (path === "") continue;
    const found = installed[path];
    if (found === undefined && (wanted.optional || wanted.peer)) continue;
    if (found?.version !== wanted.version || found?.integrity !== wanted.integrity) return false;
    if (!existsSync(join(ROOT, path, "package.json")) && !wanted.optional) return false;
  }
  return true;
}

async function installPackages() {
  rmSync(PACKAGES_STAMP, { force: true });
  const wanted = packagesHash();
  const flags = ["--include=dev", "--no-audit", "--no-fund", "--prefer-offline"];
  await npm(["ci", "--loglevel=error", ...flags], "npm ci failed; is the registry in reach?");
  writeFileSync(PACKAGES_STAMP, wanted);
}

function buildFresh() {
  return readOrEmpty(BUILD_STAMP) === buildHash();
}

function buildHash() {
  const parts = [];
  const settings = ["package-lock.json", "tsconfig.json", "tsconfig.build.json", "vite.config.ts"];
  for (const name of settings) {
    parts.push(name, readFileSync(join(ROOT, name)));
  }
  for (const path of files(join(ROOT, "src"))) {
    if (path.endsWith(".test.ts")) continue;
    parts.push(relative(ROOT, path), readFileSync(path));
  }
  return sha256(parts);
}

async function build() {
  rmSync(BUILD_STAMP, { force: true });
  const wanted = buildHash();
  await npm(["run", "--silent", "build"], "the build failed");
  removeOrphans();
  writeFileSync(BUILD_STAMP, wanted);
}

// What tsc once wrote for a source that is gone would still be found by an import.
function removeOrphans() {
  for (const path of files(join(ROOT, "dist"))) {
    const output = relative(join(ROOT, "dist"), path);
    if (output.split(sep)[0] === "console") continue; // Vite empties its folder itself.
    const source = output.replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts");
    if (source !== output && !existsSync(join(ROOT, "src", source))) rmSync(path);
  }
}

function files(folder) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...files(path));
    else found.push(path);
  }
  return found.sort();
}

function npm(args, failure) {
  const script = process.env.npm_execpath;
  const viaNode = script !== undefined && /npm-cli\.c?js$/.test(script);
  const command = viaNode ? process.execPath : process.platform === "win32" ? "npm.cmd" : "npm";
  return new Promise((resolve, reject) => {
    let output = "";
    child = spawn(command, viaNode ? [script, ...args] : args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      shell: command.endsWith(".cmd"),
    });
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => reject(new SetupError(`cannot start npm: ${error.message}`)));
    child.on("close", (code) => {
      child = null;
      if (code === 0) resolve();
      else reject(new SetupError(`${failure}\n${output.trimEnd()}`));
    });
  });
}

// One run at a time: making a folder is atomic everywhere. A lock whose owner is dead is moved
// away first, which only one of several waiting runs can do.
async function takeLock() {
  const owner = `${hostname()} ${process.pid}`;
  const givenUpAtMs = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      mkdirSync(LOCK);
      lockHeld = true;
      writeFileSync(join(LOCK, "owner"), owner);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (lockIsDead()) removeDeadLock();
    else if (Date.now() > givenUpAtMs) {
      throw new SetupError(`another setup holds ${LOCK}; if none is running, remove that folder`);
    } else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function lockIsDead() {
  const [host, pid] = readOrEmpty(join(LOCK, "owner")).split(" ");
  if (pid === undefined) {
    const made = statSync(LOCK, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs > LOCK_NAMELESS_MS;
  }
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function removeDeadLock() {
  const aside = `${LOCK}-dead-${process.pid}`;
  try {
    renameSync(LOCK, aside);
  } catch (error) {
    if (error.code === "ENOENT") return; // Another run was quicker.
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

function releaseLock() {
  if (!lockHeld) return;
  rmSync(LOCK, { recursive: true, force: true });
  lockHeld = false;
}

function readJson(name) {
  return JSON.parse(readFileSync(join(ROOT, name), "utf8"));
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return "";
    throw error;
  }
}

function sha256(parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part.split(sep).join("/")) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex");
}

async function main() {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      child?.kill(signal);
      releaseLock();
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
  try {
    await setup(process.argv.includes("--quiet"));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  }
}

await main();
