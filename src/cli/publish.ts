// `--publish`: what prove, plan or value found is kept on the server, too, with the files that it
// was made from.
import { basename } from "node:path";
import { contractError } from "../contract/errors.ts";
import { readText } from "./read-text.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

/**
 * @param found what a program gets as JSON
 * @param files that it was made from; of them those that are YAML are kept with it
 */
export async function publish(
  call: VerbCall,
  found: unknown,
  files: readonly string[],
): Promise<void> {
  const { flags, terminal } = call;
  const campaign = flags.campaign as string | undefined;
  if (flags.publish !== true) {
    if (campaign === undefined) return;
    throw contractError("invalid_usage", "--campaign: expected --publish, too, found none");
  }
  const texts = await textsOf(files.filter((file) => /\.ya?ml$/i.test(file)));
  await withServer(call, async (server) => {
    const { status, report } = await server.report.add({
      // What is endless is null in JSON.
      report: JSON.parse(JSON.stringify(found)) as Record<string, unknown>,
      ...(campaign === undefined ? {} : { campaign }),
      ...(Object.keys(texts).length === 0 ? {} : { files: texts }),
    });
    if (report === undefined) {
      const found = `found ${campaign} (${status})`;
      const message = `--campaign: expected a campaign of the server, ${found}`;
      throw contractError("invalid_usage", message);
    }
    terminal.note(`kept on the server as ${report.report}`);
  });
}

async function textsOf(files: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of files) texts[basename(file)] = await readText(file);
  return texts;
}
