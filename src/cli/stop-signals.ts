// The first SIGTERM or SIGINT asks for an orderly stop, the second one ends the process at once.
import { EXIT } from "./exit-codes.ts";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

export interface StopSignals {
  /** Resolves with the name of the first signal. */
  readonly first: Promise<string>;
  /** Lets signals have their usual effect again. */
  forget(): void;
}

export function watchStopSignals(): StopSignals {
  let heard = false;
  let resolveFirst: (signal: string) => void;
  const first = new Promise<string>((resolve) => {
    resolveFirst = resolve;
  });
  const listen = (signal: string): void => {
    if (heard) process.exit(EXIT.interrupted);
    heard = true;
    resolveFirst(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  return {
    first,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, listen);
    },
  };
}
