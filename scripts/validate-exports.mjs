// Proves that manifest, folders and build agree: every exported subpath has its source folder, its
// built file and its declarations, each can be imported, and a package made of them holds all that
// it needs and nothing that it should not. (After Hono's build/validate-exports.ts.)
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const problems = [];

const targets = [];
for (const [subpath, target] of Object.entries(manifest.exports)) {
  if (typeof target === "string") {
    if (!existsSync(join(ROOT, target))) problems.push(`${subpath}: ${target} does not exist`);
    continue;
  }
  targets.push(target.default, target.types);
  await checkSubpath(subpath, target);
}
for (const [name, target] of Object.entries(manifest.bin)) {
  targets.push(target);
  checkBinary(name, target);
}
checkPackage(targets);

for (const problem of problems) console.log(`exports: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`exports: ${Object.keys(manifest.exports).length} subpaths agree with the build`);

async function checkSubpath(subpath, target) {
  const source = target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts");
  const stem = target.default.replace(/\.js$/, "");
  const folder = source.split("/")[1];
  if (subpath !== "." && subpath !== `./${folder}`) {
    problems.push(`${subpath}: is served from src/${folder}; name and folder should agree`);
  }
  if (target.types !== `${stem}.d.ts`) problems.push(`${subpath}: types are not ${stem}.d.ts`);
  if (Object.keys(target)[0] !== "types") problems.push(`${subpath}: "types" must come first`);
  let complete = true;
  for (const path of [source, target.default, target.types]) {
    if (existsSync(join(ROOT, path))) continue;
    problems.push(`${subpath}: ${path} does not exist`);
    complete = false;
  }
  if (!complete) return;
  try {
    const module = await import(pathToFileURL(join(ROOT, target.default)).href);
    if (Object.keys(module).length === 0) problems.push(`${subpath}: exports nothing`);
    if ("default" in module) problems.push(`${subpath}: has a default export; use named ones`);
  } catch (error) {
    problems.push(`${subpath}: cannot be imported: ${error.message}`);
  }
}

function checkBinary(name, target) {
  const path = join(ROOT, target);
  if (!existsSync(path)) problems.push(`bin ${name}: ${target} does not exist`);
  else if (!readFileSync(path, "utf8").startsWith("#!/usr/bin/env node\n")) {
    problems.push(`bin ${name}: ${target} must open with #!/usr/bin/env node`);
  }
}

function checkPackage(needed) {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const options = { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  const answer = JSON.parse(execFileSync("npm", args, options));
  const packed = Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
  const paths = new Set(packed.files.map((file) => file.path));
  const wanted = [...needed.map((target) => target.replace("./", "")), "LICENSE", "README.md"];
  for (const entry of manifest.files) {
    const held = [...paths].some((path) => path === entry || path.startsWith(`${entry}/`));
    if (!held) problems.push(`package: files names ${entry}, which is not there`);
  }
  for (const path of wanted) if (!paths.has(path)) problems.push(`package: ${path} is missing`);
  for (const path of paths) {
    const stray = /(\.test\.(js|d\.ts)|^(src|test|bench|data|node_modules)\/)/.test(path);
    if (stray) problems.push(`package: ${path} does not belong into it`);
  }
}
