// Reports in the data directory, a file each: its first line is what is listed, its second the
// report with the files that it was made from. Written whole or not at all, readable by their
// owner only.
import { open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { ReportView } from "../contract/index.ts";
import { reportViewSchema } from "../contract/schema/report.ts";
import { dataPaths, readIfThere, writeWhole } from "../host/data-directory.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import type { ReportStore } from "./reports.ts";

const FORMAT = 1;
const NAME = /^(r-[0-9a-z]{20})\.ndjson$/;
/** A first line is some two kilobytes at most: titles and headlines are cut. */
const HEAD_BYTES = 16_384;
const NEWLINE = 0x0a;

const headSchema: z.ZodType<{ format: 1; view: ReportView }> = z.strictObject({
  format: z.literal(FORMAT),
  view: reportViewSchema,
});

/** Without a folder there is none yet. A file that is not what it was is left alone, unlisted. */
export function fileReportStore(directory: string): ReportStore {
  const folder = dataPaths(directory).reports;
  const fileOf = (report: string): string => path.join(folder, `${report}.ndjson`);
  return {
    list: async () => {
      const names = await readdir(folder).catch(noneYet);
      const views = await Promise.all(
        names.map(async (name) => {
          const report = NAME.exec(name)?.[1];
          return report === undefined ? null : viewOf(await headOf(fileOf(report)), report);
        }),
      );
      return views.filter((view) => view !== null);
    },
    read: async (report) => {
      const content = await readIfThere(fileOf(report));
      if (content === null) return null;
      const end = content.at(-1) === NEWLINE ? -1 : content.length;
      return content.subarray(content.indexOf(NEWLINE) + 1, end);
    },
    write: async (view, text) => {
      await makeDirectory(folder, 0o700);
      const head = JSON.stringify({ format: FORMAT, view });
      await writeWhole(fileOf(view.report), `${head}\n${text}\n`);
    },
    remove: (report) => rm(fileOf(report), { force: true }),
  };
}

function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString("utf8").split("\n", 1)[0]!;
  } finally {
    await handle.close();
  }
}

function viewOf(head: string, report: string): ReportView | null {
  try {
    const { view } = headSchema.parse(JSON.parse(head));
    return view.report === report ? view : null;
  } catch {
    return null;
  }
}
