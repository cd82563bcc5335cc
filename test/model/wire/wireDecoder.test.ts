import assert from 'node:assert/strict';
import { ProtocolError } from '../../../src/model/wire/protocolError.js';
import { WireDecoder } from '../../../src/model/wire/wireDecoder.js';
import type { Poll } from '../../../src/protocol/wire.js';
import { entry, hello, sentPoll, site } from '../../support/wire.js';

const text = (over: Partial<Poll>): string => JSON.stringify(sentPoll(over));

function begun(): WireDecoder {
  const decoder = new WireDecoder();
  decoder.hello(JSON.stringify(hello()));
  return decoder;
}

describe('WireDecoder', () => {
  it('refuses a poll before a hello', () => {
    assert.throws(() => new WireDecoder().poll(text({})), ProtocolError);
  });

  it('refuses what is not JSON', () => {
    assert.throws(() => begun().poll('{'), /not JSON: restart the program/);
  });

  it('counts scripts and sites on over the polls of a conversation, and from 0 in the next one', () => {
    const decoder = begun();
    decoder.poll(text({ seq: 1, scripts: ['/a.js'], sites: [site(1, 'f')] }));
    const read = decoder.poll(
      text({ seq: 2, sites: [site(2, 'g', 0)], entries: [entry(1, 'f', { site: 1 })] }),
    );
    assert.equal(read.entries[0]?.site, 1);
    decoder.hello(JSON.stringify(hello()));
    assert.throws(() => decoder.poll(text({ seq: 1, entries: [entry(1, 'f', { site: 0 })] })), {
      resync: false,
    });
  });

  it('asks for a resync where a poll is missing, also where it could not be read for that', () => {
    const decoder = begun();
    decoder.poll(text({ seq: 1 }));
    assert.throws(() => decoder.poll(text({ seq: 1 })), { resync: true });
    assert.throws(() => decoder.poll(text({ seq: 3, entries: [entry(1, 'f', { site: 9 })] })), {
      resync: true,
    });
    assert.equal(decoder.poll(text({ seq: 2 })).seq, 2);
  });

  it('does not count a poll that it has refused', () => {
    const decoder = begun();
    const sites = [site(1, 'f')];
    assert.throws(
      () => decoder.poll(text({ scripts: ['/a.js'], sites, entries: [entry(1, 'f', { site: 9 })] })),
      ProtocolError,
    );
    assert.equal(decoder.poll(text({ scripts: ['/a.js'], sites })).seq, 1);
  });

  it('reads a last message with the polls in it, and begins a conversation with its hello', () => {
    const polls = [
      sentPoll({ seq: 1, scripts: ['/a.js'], sites: [site(1)], more: true }),
      sentPoll({ seq: 2 }),
    ];
    const message = { kind: 'finalUpdate', polls, code: 3 };
    assert.throws(() => new WireDecoder().finalUpdate(JSON.stringify(message)), ProtocolError);
    const read = new WireDecoder().finalUpdate(JSON.stringify({ ...message, hello: hello({ pid: 9 }) }));
    assert.deepEqual([read.hello?.pid, read.polls.map(({ seq }) => seq), read.code], [9, [1, 2], 3]);
    const goneOn = begun();
    goneOn.poll(text({ seq: 1 }));
    assert.throws(() => goneOn.finalUpdate(JSON.stringify(message)), { resync: true });
  });
});
