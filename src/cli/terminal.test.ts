// Whatever a verb says, names of others are shown as what they are, in and without colour.
import { describe, expect, it } from "vitest";
import { HongbaoError } from "../base/error.ts";
import { tellFailure } from "./failure.ts";
import { openTerminal } from "./terminal.ts";

const HOSTILE = "a\u001b[2J\u001b]0;owned\u0007\r\u2028b";
const RAW = /[\u0007\r\u2028]|\u001b(?!\[(?:1|2|22|3\d)m)/;

/** What is written to a stream while `use` runs. */
function written(stream: NodeJS.WriteStream, use: () => void): string {
  const { write } = stream;
  let text = "";
  stream.write = ((part: string) => {
    text += part;
    return true;
  }) as typeof write;
  try {
    use();
  } finally {
    stream.write = write;
  }
  return text;
}

describe("a terminal", () => {
  it.each(["0", "1"])("lets no name of others do more than stand there (colour %s)", (colour) => {
    const { stdout, stderr } = process;
    const terminal = openTerminal({ stdout, stderr, env: { FORCE_COLOR: colour } });
    const said = written(stdout, () => {
      terminal.say(terminal.paint("good", HOSTILE));
      terminal.facts([[HOSTILE, HOSTILE]]);
      terminal.table([{ title: "name" }], [[HOSTILE]]);
      terminal.json({ [HOSTILE]: HOSTILE });
    });
    const noted = written(stderr, () => terminal.note(`SELECT "${HOSTILE}"`));
    expect(said).not.toMatch(RAW);
    expect(noted).not.toMatch(RAW);
    expect(said.includes("\u001b[32m")).toBe(colour === "1");
    expect(noted).toContain("\\x1b[2J");
  });
});

describe("a failure", () => {
  it("is told without what its message quotes doing anything", () => {
    const told = { debug: true, json: true, verb: "prove" };
    const details = { next: `mend ${HOSTILE}`, file: HOSTILE };
    const message = `${HOSTILE}: no such column`;
    for (const thrown of [
      new HongbaoError({ code: "invalid_file", message, details }),
      new TypeError(message),
    ]) {
      let noted = "";
      const said = written(process.stdout, () => {
        noted = written(process.stderr, () => void tellFailure(thrown, told));
      });
      expect(said + noted).not.toMatch(RAW);
      expect(noted).toContain("\\x1b[2J");
    }
  });
});
