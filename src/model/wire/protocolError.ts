import { UserError } from '../../base/userError.js';

/** The agent said something that cannot be understood; the message says what, and which side to change. */
export class ProtocolError extends UserError {
  /** `resync`: nothing is malformed, but a message was lost; connecting again brings everything back. */
  constructor(
    message: string,
    readonly resync = false,
  ) {
    super(message);
  }
}
