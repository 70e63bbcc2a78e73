// What needs somebody, as a sentence with its figures.
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLimitAmount } from "../../parts/limit-amount.tsx";
import { useMoney, usePercent, useTime } from "../../parts/money.tsx";
import { useBytes } from "../settings/amounts.ts";
import { isOfDraws } from "./need-place.ts";
import type { CampaignNeed, Need, ServerNeed, Summary } from "./needs.ts";

export function NeedWords({ need: { of, what } }: { need: Need }): ReactNode {
  return of === null ? <OfServer what={what} /> : <OfCampaign of={of} what={what} />;
}

function OfServer({ what }: { what: ServerNeed }): ReactNode {
  const bytes = useBytes();
  switch (what.kind) {
    case "not_ready":
      return (
        <FormattedMessage
          id="attention.notReady"
          values={{ why: <span lang="en">{what.why}</span> }}
        />
      );
    case "page_cache":
      return <FormattedMessage id="attention.pageCache" />;
    case "disk_low": {
      const values = { free: bytes(what.freeBytes), all: bytes(what.allBytes) };
      return <FormattedMessage id="attention.diskLow" values={values} />;
    }
    case "dead": {
      const values = { count: what.count, endpoint: what.url };
      return <FormattedMessage id="attention.dead" values={values} />;
    }
  }
}

function OfCampaign({ of, what }: { of: Summary; what: CampaignNeed }): ReactNode {
  const money = useMoney(of);
  const time = useTime(of.timeZone);
  switch (what.kind) {
    case "paused":
      return <FormattedMessage id="attention.paused" values={{ free: money(of.freeMinor) }} />;
    case "round":
      return <Round of={of} what={what} />;
    case "runs_out": {
      const values = { at: time(what.atMs), ends: time(of.endsAtMs) };
      return <FormattedMessage id="attention.runsOut" values={values} />;
    }
    case "proposal":
      return <FormattedMessage id="attention.version" values={what} />;
    case "held": {
      const values = { count: what.grants, held: money(what.heldMinor) };
      return <FormattedMessage id="attention.held" values={values} />;
    }
    case "receivable": {
      const values = { owed: money(what.receivableMinor) };
      return <FormattedMessage id="attention.receivable" values={values} />;
    }
    case "closable":
      return <FormattedMessage id="attention.closable" />;
    default:
      return <OfShare of={of} what={what} />;
  }
}

function Round({ of, what }: { of: Summary; what: CampaignNeed & { kind: "round" } }): ReactNode {
  const intl = useIntl();
  const time = useTime(of.timeZone);
  const { round, dueAtMs, isOverdue } = what;
  const draw = intl.formatList(what.for.map((one) => one.replace(/^draw:/, "")));
  const values = { round, draw, due: time(dueAtMs) };
  const who = isOfDraws(what.for) ? "draw" : "luck";
  return <FormattedMessage id={`attention.${who}${isOverdue ? "Out" : "Due"}`} values={values} />;
}

type Shared = CampaignNeed & { kind: "dry" | "limit" | "contingency" };

/** What is used of what there is. */
function OfShare({ of, what }: { of: Summary; what: Shared }): ReactNode {
  const amount = useLimitAmount(of);
  const money = useMoney(of);
  const percent = usePercent();
  if (what.kind === "dry") {
    const share = of.budgetMinor === 0 ? 0 : what.leftMinor / of.budgetMinor;
    const values = { left: money(what.leftMinor), share: percent(share) };
    const id = what.isUsedUp ? "attention.usedUp" : "attention.dry";
    return <FormattedMessage id={id} values={values} />;
  }
  if (what.kind === "contingency") {
    const { usedMinor, limitMinor } = what;
    const figures = { used: money(usedMinor), limit: money(limitMinor) };
    const values = { ...figures, share: percent(usedMinor / limitMinor) };
    return <FormattedMessage id="attention.contingency" values={values} />;
  }
  const { cap, used, limit, more } = what;
  const figures = { used: amount(what, used), limit: amount(what, limit) };
  const values = { cap, ...figures, share: percent(used / limit) };
  return (
    <>
      <FormattedMessage id="attention.limit" values={values} />{" "}
      {more > 0 && <FormattedMessage id="attention.limitMore" values={{ more }} />}
    </>
  );
}
