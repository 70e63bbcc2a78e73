import { describe, expect, it } from "vitest";
import {
  ATTRIBUTES_AT,
  type Command,
  emptyCommand,
  fingerprint,
  ID_AT,
  USER_AT,
} from "./command.ts";

function printOf(change: (command: Command) => void = () => {}, kind = 1): string {
  const command = emptyCommand();
  command.keys.set([1, 2, 3, 4], USER_AT);
  command.keys.set([5, 6, 7, 8], ATTRIBUTES_AT);
  command.attributes = 1;
  command.amountMinor = 5;
  change(command);
  const out = new Uint32Array(2);
  fingerprint(kind, command, out);
  return out.join("-");
}

describe("the fingerprint of a command", () => {
  it("is the same for the same content", () => {
    expect(printOf()).toBe(printOf());
  });

  it("leaves out the id and the deadline", () => {
    const same = printOf((command) => {
      command.keys.set([9, 9, 9, 9], ID_AT);
      command.notAfterMs = 77;
    });
    expect(same).toBe(printOf());
  });

  it("changes with everything else", () => {
    const changes: ((command: Command) => void)[] = [
      (command) => command.keys.set([1, 2, 3, 5], USER_AT),
      (command) => command.keys.set([5, 6, 7, 9], ATTRIBUTES_AT),
      (command) => {
        command.attributes = 2;
      },
      (command) => {
        command.offer = 0;
      },
      (command) => {
        command.grant = 0;
      },
      (command) => {
        command.arm = 0;
      },
      (command) => {
        command.amountMinor = 5 + 2 ** 32;
      },
      (command) => {
        command.amountMinor = 6;
      },
      (command) => {
        command.paidAtMs = 1;
      },
      (command) => {
        command.ref = Uint8Array.of(0);
      },
      (command) => {
        command.ref = Uint8Array.of(0, 0);
      },
    ];
    const prints = [printOf(), printOf(() => {}, 2), ...changes.map((change) => printOf(change))];
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("does not see keys of attributes that are not there", () => {
    const stale = printOf((command) => command.keys.set([3, 3, 3, 3], ATTRIBUTES_AT + 4));
    expect(stale).toBe(printOf());
  });
});
