import { t } from '../base/texts.js';
import { CdpError } from '../cdp/cdpError.js';
import { ProtocolError } from '../model/wire/protocolError.js';
import { AT_END, EvaluationError } from './agentCalls.js';

/** js-debug's proxy stays open when the program is gone, and Node answers when no JavaScript may run any more. */
export function isGone(error: unknown): boolean {
  if (error instanceof EvaluationError) return error.message === AT_END;
  return wasTerminated(error) || (error instanceof CdpError && error.reason === 'Connection is closed');
}

/** The next question may be answered; if not, the connection closes. */
export function isPassing(error: unknown): boolean {
  const isCutOff = error instanceof EvaluationError && (error.isAtStacksEdge || error.isInLastMessage);
  return isCutOff || wasTerminated(error);
}

/** The question came while the thread was telling its end, which will come unasked. */
export function isInLastMessage(error: unknown): boolean {
  return error instanceof EvaluationError && error.isInLastMessage;
}

/** The agent has lost its thread or is not there any more: beginning the conversation again may help. */
export function isAstray(error: unknown): error is Error {
  return error instanceof EvaluationError || (error instanceof ProtocolError && error.resync);
}

/** What people are told of an error that ends the view of a program, and what they can do. */
export function noteOf(error: unknown): string {
  if (error instanceof ProtocolError) return error.message;
  const isSaid = error instanceof CdpError || error instanceof EvaluationError;
  const reason =
    error instanceof CdpError ? error.reason : isSaid ? error.message : t('it gave no proper answer');
  return t('The program cannot be asked ({0}): start it again.', reason);
}

/** What ran was made to end in the middle of the question: the whole worker, or a script that had a limit of time. */
function wasTerminated(error: unknown): boolean {
  return error instanceof CdpError && error.reason === 'Execution was terminated';
}
