// What an operation is called with.
import type { BodyOf, OperationName, ParamsOf, QueryOf } from "../../contract/index.ts";

export interface Call<N extends OperationName> {
  params: ParamsOf<N>;
  query: QueryOf<N>;
  body: BodyOf<N>;
  /** Who asks: the public id of a key. Default: an embedding caller. */
  by?: string;
  /** Whether the caller may know arms that are masked. Default: an embedding caller may. */
  toldArms?: boolean;
}
