// Every relative link in the README and the docs leads to a file that exists, and to a heading that
// it has. A guide with a dead link teaches the reader not to trust the rest.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, ROOT } from "./tidy/source.ts";

const NEEDED = [
  "README.md",
  "docs/start.md",
  "docs/ARCHITECTURE.md",
  "docs/GLOSSARY.md",
  "docs/concepts/privacy.md",
  "docs/concepts/proof.md",
];

function pages(): string[] {
  const roots = ["README.md", "CHANGELOG.md"].map((name) => join(ROOT, name)).filter(existsSync);
  const folders = ["docs", "examples"].map((name) => join(ROOT, name)).filter(existsSync);
  return [...roots, ...folders.flatMap(filesBelow).filter((path) => path.endsWith(".md"))];
}

function deadLinks(page: string, text: string): string[] {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "``");
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const defined = [...prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  const html = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)];
  const problems: string[] = [];
  for (const match of [...inline, ...defined, ...html]) {
    const link = match[1] ?? "";
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), decodeURIComponent(path));
    if (path !== "" && !existsSync(target))
      problems.push(`${relative(ROOT, page)}: ${link} leads nowhere`);
    else if (anchor && target.endsWith(".md") && !anchors(target, text, page).has(anchor)) {
      problems.push(`${relative(ROOT, page)}: ${link}: no such heading`);
    }
  }
  return problems;
}

// GitHub's rule: lower case, punctuation dropped, spaces to hyphens, repeats numbered.
function anchors(target: string, text: string, page: string): Set<string> {
  const content = target === page ? text : readFileSync(target, "utf8");
  const found = new Set<string>();
  for (const match of content.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = (match[1] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    let name = slug;
    for (let n = 1; found.has(name); n++) name = `${slug}-${n}`;
    found.add(name);
  }
  for (const match of content.matchAll(/\b(?:id|name)="([^"]+)"/g)) found.add(match[1] ?? "");
  return found;
}

describe("docs", () => {
  it("has the pages that a reader needs", () => {
    const missing = NEEDED.filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it("has no dead link", () => {
    expect(pages().flatMap((page) => deadLinks(page, readFileSync(page, "utf8")))).toEqual([]);
  });

  it("keeps the README within 120 lines", () => {
    const path = join(ROOT, "README.md");
    const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
    expect(lines).toBeLessThanOrEqual(120);
  });

  it("shows only pages that are not empty", () => {
    expect(pages().filter((page) => statSync(page).size === 0)).toEqual([]);
  });

  it("control: a dead link and a dead heading are found, code and good links are not", () => {
    const page = join(ROOT, "README.md");
    const text = [
      "# A heading, here",
      "[a](docs/no-such-page.md) [b](#no-heading) ![c](no.png)",
      "[d]: no-such-file.md",
      "[e](package.json) [f](#a-heading-here) [g](https://example.org/x) `[h](nowhere.md)`",
      "```",
      "[i](nowhere.md)",
      "```",
    ].join("\n");
    expect(deadLinks(page, text).map((line) => line.split(" ")[1])).toEqual([
      "docs/no-such-page.md",
      "#no-heading:",
      "no.png",
      "no-such-file.md",
    ]);
  });
});
