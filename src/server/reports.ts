// Reports that are kept beside the journal: few, not small, and nobody's money depends on them.
// What is listed stays in memory, a report itself is read when somebody asks for it.
import { subtle } from "node:crypto";
import { toBase32 } from "../base/bytes.ts";
import { LIMITS } from "../base/limits.ts";
import {
  contractError,
  invalidRequest,
  type ReportKind,
  type ReportView,
} from "../contract/index.ts";
import { reportKind } from "./report-kinds.ts";

/** Where reports are kept. Writing is durable when it resolves. */
export interface ReportStore {
  list(): Promise<ReportView[]>;
  /** The text that was written, as UTF-8, or null where it is not there any more. */
  read(report: string): Promise<Uint8Array | null>;
  write(view: ReportView, text: string): Promise<void>;
  remove(report: string): Promise<void>;
}

/** For servers that keep nothing beyond their own life, such as in tests. */
export function memoryReportStore(): ReportStore {
  const texts = new Map<string, Uint8Array>();
  return {
    list: async () => [],
    read: async (report) => texts.get(report) ?? null,
    write: async ({ report }, text) => void texts.set(report, Buffer.from(text)),
    remove: async (report) => void texts.delete(report),
  };
}

export interface AddedReport {
  readonly report: Record<string, unknown>;
  readonly campaign?: string;
  readonly files?: Record<string, string>;
  readonly addedAtMs: number;
  readonly addedBy: string;
}

const ID_DIGITS = 20;
const TITLE_MOST = 200;
const HEADLINE_MOST = 1000;

export class Reports {
  private readonly store: ReportStore;
  private views: Promise<Map<string, ReportView>> | null = null;
  /** Changes happen one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(store: ReportStore) {
    this.store = store;
  }

  /** The newest first. */
  async list(): Promise<ReportView[]> {
    const views = [...(await this.kept()).values()];
    return views.sort((a, b) => b.addedAtMs - a.addedAtMs || (a.report < b.report ? -1 : 1));
  }

  /** Null where nobody added it. */
  async view(report: string): Promise<ReportView | null> {
    return (await this.kept()).get(report) ?? null;
  }

  /**
   * The report, with the files that it was made from, as JSON text: what was held against its
   * schema once and is still the same needs no parsing in the writer's thread. Throws
   * `unknown_report` where its file is not what it was.
   */
  async show({ report, campaign }: ReportView): Promise<Uint8Array> {
    const text = await this.store.read(report);
    if (text !== null && (await idOf(text, campaign)) === report) return text;
    const found = text === null ? "is not there any more" : "is not what was added";
    throw contractError("unknown_report", `the file of ${report} ${found}: add it again`);
  }

  /** Throws `invalid_request` for what is no report, or one too many. */
  async add(added: AddedReport): Promise<ReportView> {
    const { report, campaign, addedAtMs, addedBy } = added;
    const files = Object.keys(added.files ?? {}).length === 0 ? undefined : added.files;
    const kind = await reportKind(report);
    const text = JSON.stringify(files === undefined ? { report } : { report, files });
    requireWellFormed(text);
    const { title, headline } = report as Record<string, string | undefined>;
    const bytes = Buffer.from(text);
    const view: ReportView = {
      ...{ report: await idOf(bytes, campaign), kind, title: cut(title!, TITLE_MOST) },
      ...(campaign === undefined ? {} : { campaign }),
      ...(headline === undefined ? {} : { headline: cut(headline, HEADLINE_MOST) }),
      ...evidenceOf(kind, report),
      ...(files === undefined ? {} : { files: Object.keys(files) }),
      ...{ addedAtMs, addedBy, bytes: bytes.length },
    };
    return await this.inTurn(async (views) => {
      const before = views.get(view.report);
      // Added again: the file is written anew, in case it is not what it was.
      if (before === undefined && views.size >= LIMITS.reports) throw tooMany();
      await this.store.write(before ?? view, text);
      views.set(view.report, before ?? view);
      return before ?? view;
    });
  }

  /** Null where nobody added it. */
  remove(report: string): Promise<ReportView | null> {
    return this.inTurn(async (views) => {
      const view = views.get(report);
      if (view === undefined) return null;
      await this.store.remove(report);
      views.delete(report);
      return view;
    });
  }

  private kept(): Promise<Map<string, ReportView>> {
    this.views ??= this.store
      .list()
      .then((views) => new Map(views.map((view) => [view.report, view])))
      .catch((error: unknown) => {
        this.views = null; // asked again, it may be readable
        throw error;
      });
    return this.views;
  }

  private inTurn<T>(change: (views: Map<string, ReportView>) => Promise<T>): Promise<T> {
    const done = this.turn.then(async () => change(await this.kept()));
    this.turn = done.catch(() => {}); // whoever asked for the change gets its error
    return done;
  }
}

/**
 * Of the content and what it is about; nothing of what a caller named gets into a file's name.
 * Some megabytes are hashed in a thread of Node's own.
 */
async function idOf(text: Uint8Array, campaign = ""): Promise<string> {
  const digest = await subtle.digest(
    "SHA-256",
    Buffer.concat([Buffer.from(`${campaign}\n`), text]),
  );
  return `r-${toBase32(new Uint8Array(digest), ID_DIGITS)}`;
}

/** JSON.stringify writes half a character as an escape, and nothing else of that form. */
function requireWellFormed(text: string): void {
  if (!/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) return;
  throw invalidRequest("$.report", "well-formed Unicode", "half a character");
}

function cut(text: string, most: number): string {
  const letters = [...text.slice(0, 2 * most)];
  return letters.length <= most && text.length <= 2 * most
    ? text
    : `${letters.slice(0, most - 1).join("")}…`;
}

function tooMany(): Error {
  const message = `there are ${LIMITS.reports} reports already: remove one first`;
  return contractError("invalid_request", message, { path: "$" });
}

/** How strong its evidence is; of a valuation, that of the campaign in it. */
function evidenceOf(kind: ReportKind, report: object): Pick<ReportView, "basis" | "grade"> {
  if (kind !== "valuation") {
    const { grade } = report as { grade?: string };
    return grade === undefined ? {} : { grade };
  }
  const { source, grade } = (report as { campaign: Valued }).campaign;
  return { basis: source, grade };
}

/** Of a valuation's object, as schema/valuation.schema.json has it. */
interface Valued {
  source: NonNullable<ReportView["basis"]>;
  grade: string;
}
