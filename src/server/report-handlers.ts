// Reports: kept, listed, shown, removed. They are the server's own; the engine only says whether a
// campaign is there.
import { contractError, type OperationName, type ReportInput } from "../contract/index.ts";
import type { Caller } from "./keys.ts";
import { type OperationCall, send, sendWith, stamp } from "./operation-call.ts";
import { engineOf } from "./service.ts";

type Handler = (call: OperationCall) => Promise<void>;

export const REPORT_HANDLERS: { readonly [N in OperationName]?: Handler } = {
  "report.add": async (call) => {
    const { service, caller, body } = call;
    const { campaign, report, files } = body as ReportInput;
    const base = await stamp(engineOf(service));
    if (campaign !== undefined && engineOf(service).find(campaign) === undefined) {
      return send(call, { ...base, status: "unknown_campaign" });
    }
    const view = await service.reports.add({
      ...{ report, addedAtMs: base.atMs, addedBy: caller!.key },
      ...(campaign === undefined ? {} : { campaign }),
      ...(files === undefined ? {} : { files }),
    });
    send(call, { ...base, report: view });
  },
  "report.list": async (call) => {
    const base = await stamp(engineOf(call.service));
    const all = await call.service.reports.list();
    const reports = all.filter(({ campaign }) => maySee(call.caller!, campaign));
    send(call, { ...base, reports });
  },
  "report.show": async (call) => {
    const { service, caller, params } = call;
    const base = await stamp(engineOf(service));
    const view = await service.reports.view(params.report!);
    if (view === null || !maySee(caller!, view.campaign)) throw unknown(params.report!);
    sendWith(call, { ...base, view }, await service.reports.show(view));
  },
  "report.remove": async (call) => {
    const { service, params } = call;
    const base = await stamp(engineOf(service));
    const view = await service.reports.remove(params.report!);
    if (view === null) throw unknown(params.report!);
    send(call, { ...base, report: view.report });
  },
};

/** A key that is bound to a campaign sees what is about that campaign. */
function maySee(caller: Caller, campaign: string | undefined): boolean {
  return caller.campaign === null || caller.campaign === campaign;
}

function unknown(report: string): Error {
  return contractError("unknown_report", `no report has the id ${report}`);
}
