/** A request that failed: which one, and the protocol's code if the other side answered. */
export class CdpError extends Error {
  override readonly name = 'CdpError';

  constructor(
    readonly method: string,
    readonly reason: string,
    readonly code?: number,
  ) {
    super(`${method}: ${reason}`);
  }
}
