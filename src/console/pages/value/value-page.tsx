// A valuation whose assumptions can be turned. The address keeps what is turned.
import type { ReactNode } from "react";
import { FilesPage } from "../../parts/files-page.tsx";
import { OfVerdict } from "./of-verdict.tsx";
import { ValueDesk } from "./value-desk.tsx";
import type { Opened, ValueCall } from "./value-worker.ts";

const WORDS = {
  title: "value.title",
  how: "value.how",
  choose: "value.startFiles",
  another: "value.another",
} as const;

export function ValuePage(): ReactNode {
  return (
    <FilesPage<ValueCall, Opened>
      place="/value"
      kind="valuation"
      words={WORDS}
      pasted={[]}
      accept=".yaml,.yml,.json"
      makeWorker={makeWorker}
    >
      {({ opened, ...files }) =>
        "wants" in opened ? (
          <OfVerdict {...files} opened={opened} />
        ) : (
          <ValueDesk {...files} opened={opened} />
        )
      }
    </FilesPage>
  );
}

function makeWorker(): Worker {
  return new Worker(new URL("./value-worker.ts", import.meta.url), { type: "module" });
}
