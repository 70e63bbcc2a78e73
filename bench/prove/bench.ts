// A full report on 50 million events of 5 million users: how long, and in how much memory.
import { removeFolder, runScript, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import type { MadeCampaign, MadeFile } from "./make-campaign.ts";
import type { ProveFigures } from "./ours.ts";

const USERS = 5_000_000;
const SEED = 7;

export function bench(): Bench {
  return {
    name: "prove",
    unit: "s",
    method:
      "Wall time of one process from its start to the verdict and its HTML page, and its peak " +
      "resident memory, DuckDB's included: a journal's export as Parquet (about 50 million " +
      "events of 5 million users, a fifth of them an audience assigned before contact, 2 % held " +
      "out) and outcomes with one row a user. The files are made by a seeded generator before " +
      "anything is timed, and lie in the page cache. Less is better.",
    ours: new ProveContender(),
    peers: [],
  };
}

class ProveContender implements Contender {
  readonly name = "hongbao";
  private folder: string | null = null;

  async start(): Promise<null> {
    this.folder = temporaryFolder("prove");
    const input = { folder: this.folder, users: USERS, seed: SEED };
    const made = await runScript<MadeCampaign>("./prove/make-campaign-main.ts", input);
    for (const file of Object.values(made) as MadeFile[]) {
      const megabytes = Math.round(file.bytes / 2 ** 20).toLocaleString("en");
      console.error(`  ${file.path}: ${file.rows.toLocaleString("en")} rows, ${megabytes} MiB`);
    }
    return null;
  }

  async run(): Promise<Figures> {
    const input = { folder: this.folder };
    const measured = await runScript<ProveFigures>("./prove/ours-main.ts", input);
    const { seconds, peakMiB, pageKiB } = measured;
    return { value: seconds, more: { peakMiB, pageKiB } };
  }

  async stop(): Promise<void> {
    if (this.folder !== null) removeFolder(this.folder);
  }
}
