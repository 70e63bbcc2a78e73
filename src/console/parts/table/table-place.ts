// How a table is looked at, kept in the address, so that whoever is sent it sees the same.
import type { SortingState, VisibilityState } from "@tanstack/react-table";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { withParam } from "../with-param.ts";
import type { DataColumn } from "./column.ts";

export interface TablePlace {
  readonly sought: string;
  readonly sorting: SortingState;
  readonly shown: VisibilityState;
  seek(text: string): void;
  sort(by: SortingState): void;
  show(columns: VisibilityState): void;
}

type Columns = readonly Pick<DataColumn<never>, "name" | "isName" | "isAction">[];

/**
 * Columns that there are not count as absent, and so do those that cannot be put away.
 * @param name tells the tables of a page apart
 */
export function useTablePlace(name: string, columns: Columns): TablePlace {
  const [search, setSearch] = useSearchParams();
  const [SEEK, SORT, HIDE] = [`${name}.seek`, `${name}.sort`, `${name}.hide`];
  const set = (key: string, value: string): void => {
    setSearch((now) => withParam(now, key, value), { replace: true });
  };
  const by = search.get(SORT) ?? "";
  const hidden = search.get(HIDE) ?? "";
  // The same as long as the address says the same: the table sorts anew for whatever is new.
  const sorting = useMemo(() => sortingOf(by, columns), [by, columns]);
  const shown = useMemo(() => shownOf(hidden, columns), [hidden, columns]);
  return {
    ...{ sought: search.get(SEEK) ?? "", sorting, shown },
    seek: (text) => set(SEEK, text),
    sort: ([first]) => {
      set(SORT, first === undefined ? "" : `${first.desc ? "-" : ""}${first.id}`);
    },
    show: (columns) => {
      const away = Object.entries(columns).filter(([, isShown]) => !isShown);
      set(HIDE, away.map(([id]) => id).join(","));
    },
  };
}

function sortingOf(by: string, columns: Columns): SortingState {
  const id = by.replace(/^-/, "");
  const isThere = columns.some(({ name, isAction }) => name === id && !isAction);
  return isThere ? [{ id, desc: by.startsWith("-") }] : [];
}

function shownOf(hidden: string, columns: Columns): VisibilityState {
  const named = hidden.split(",");
  const away = columns
    .filter(({ name, isName, isAction }) => named.includes(name) && !isName && !isAction)
    .map(({ name }) => name);
  return Object.fromEntries(away.map((id) => [id, false]));
}
