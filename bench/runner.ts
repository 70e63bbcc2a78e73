// Runs a benchmark: ours and the peers take turns, run by run, so that whatever else the machine
// does meanwhile meets all of them alike. Reports medians with the spread.
import { cpus, platform, release, totalmem } from "node:os";
import type { Bench, Contender, Figures } from "./contender.ts";
import { median } from "./quantile.ts";

export interface Spread {
  median: number;
  min: number;
  max: number;
  more?: Record<string, number>;
}

interface Absent {
  absent: string;
}

interface PeerFigures {
  name: string;
  median: number;
  min: number;
  max: number;
  /** ours / peer; null when ours is absent. */
  ratio: number | null;
  more?: Record<string, number>;
}

export interface BenchResult {
  name: string;
  unit: string;
  ours: Spread | Absent;
  peers: (PeerFigures | ({ name: string } & Absent))[];
  runs: number;
  machine: string;
  method: string;
}

type Progress = (line: string) => void;

export async function runBench(
  bench: Bench,
  runs: number,
  progress: Progress,
): Promise<BenchResult> {
  const all = [bench.ours, ...bench.peers];
  const absent = new Map<Contender, string>();
  const figures = new Map<Contender, Figures[]>(all.map((one) => [one, []]));
  try {
    for (const contender of all) {
      progress(`${contender.name}: starting`);
      const reason = await contender.start();
      if (reason === null) continue;
      progress(`${contender.name}: absent: ${reason}`);
      absent.set(contender, reason);
    }
    for (let run = 0; run < runs; run++) {
      for (const contender of all) {
        if (absent.has(contender)) continue;
        const measured = await contender.run(run);
        figures.get(contender)?.push(measured);
        const value = formatFigure(measured.value);
        progress(`run ${run + 1}/${runs}: ${contender.name}: ${value} ${bench.unit}`);
      }
    }
  } finally {
    for (const contender of all) await contender.stop();
  }
  return summarise(bench, runs, figures, absent);
}

function summarise(
  bench: Bench,
  runs: number,
  figures: Map<Contender, Figures[]>,
  absent: Map<Contender, string>,
): BenchResult {
  const oursMissing = absent.get(bench.ours);
  const ours = oursMissing ? null : spread(figures.get(bench.ours) ?? []);
  return {
    name: bench.name,
    unit: bench.unit,
    ours: ours ?? { absent: oursMissing ?? "" },
    peers: bench.peers.map((peer) => {
      const missing = absent.get(peer);
      if (missing !== undefined) return { name: peer.name, absent: missing };
      const theirs = spread(figures.get(peer) ?? []);
      const ratio = ours === null ? null : round(ours.median / theirs.median);
      return { name: peer.name, ...theirs, ratio };
    }),
    runs,
    machine: machine(),
    method: bench.method,
  };
}

function spread(figures: Figures[]): Spread {
  const values = figures.map((one) => one.value);
  const more: Record<string, number> = {};
  for (const key of Object.keys(figures[0]?.more ?? {})) {
    more[key] = round(median(figures.map((one) => one.more?.[key] ?? Number.NaN)));
  }
  const result: Spread = {
    median: round(median(values)),
    min: round(Math.min(...values)),
    max: round(Math.max(...values)),
  };
  return Object.keys(more).length > 0 ? { ...result, more } : result;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cores[0]?.model.trim() || "unknown processor";
  return (
    `${cores.length} cores (${model}), ${memory} GiB, ` +
    `${platform()} ${release()}, Node ${process.versions.node}`
  );
}

export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
