/** What `http.request` gives. */
export interface ClientRequest {
  destroyed?: boolean;
  res?: { complete?: boolean } | null;
}

/** Whether its answer has come whole, or will not come any more. */
export function isDone({ destroyed, res }: ClientRequest): boolean {
  return destroyed === true || res?.complete === true;
}
