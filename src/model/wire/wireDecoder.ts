import { t } from '../../base/texts.js';
import type { FinalUpdate, Hello, Poll } from '../../protocol/wire.js';
import { ProtocolError } from './protocolError.js';
import { readFinalUpdate, readHello, readPoll, readSeq } from './wireReader.js';

/** The last message of a thread, with all that it holds checked. */
export type DecodedFinalUpdate = Omit<FinalUpdate, 'polls'> & { polls: Poll[] };

/**
 * Decodes the messages of one connection in their order: the one door through which what an agent says comes in. What
 * it gives is checked and bounded. Throws a `ProtocolError` for everything else.
 */
export class WireDecoder {
  /** How many scripts and sites have come in this conversation. */
  private tables = { scripts: 0, sites: 0 };
  /** Of the last poll; `undefined`: no conversation has begun. */
  private seq: number | undefined;

  /** Begins a conversation. */
  hello(text: string): Hello {
    return this.begin(parse(text));
  }

  /** The next poll of the conversation. Where one is missing before it, the error asks for a `resync`. */
  poll(text: string): Poll {
    return this.next(parse(text));
  }

  finalUpdate(text: string): DecodedFinalUpdate {
    const { hello, polls, ...ending } = readFinalUpdate(parse(text));
    const begun = hello === undefined ? {} : { hello: this.begin(hello) };
    return { ...ending, ...begun, polls: polls.map((poll) => this.next(poll)) };
  }

  private begin(value: unknown): Hello {
    const hello = readHello(value);
    this.seq = 0;
    this.tables = { scripts: 0, sites: 0 };
    return hello;
  }

  private next(value: unknown): Poll {
    if (this.seq === undefined)
      throw new ProtocolError(t('The program spoke before it was asked to. Restart the program.'));
    // First of all: a poll names scripts and sites of those before it.
    if (readSeq(value) !== this.seq + 1) throw new ProtocolError('A message of the agent was lost.', true);
    const poll = readPoll(value, this.tables);
    this.seq = poll.seq;
    this.tables.scripts += poll.scripts.length;
    this.tables.sites += poll.sites.length;
    return poll;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError(
      t('The agent in the program sent something that is not JSON: restart the program.'),
    );
  }
}
