import assert from 'node:assert/strict';
import { ThreadPool } from '../../../src/model/tasks/threadPool.js';

function poolOf(size: number, types: string[]): ThreadPool {
  const pool = new ThreadPool(size);
  types.forEach((type, at) => pool.began(at + 1, type));
  pool.update();
  return pool;
}

function queued(pool: ThreadPool, count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1).filter((id) => pool.whyQueued(id) !== undefined);
}

describe('ThreadPool', () => {
  it('runs the oldest operations, and queues those beyond its size', () => {
    const pool = poolOf(2, ['FSREQCALLBACK', 'PBKDF2REQUEST', 'FSREQPROMISE', 'SCRYPTREQUEST']);
    assert.deepEqual(queued(pool, 4), [3, 4]);
    assert.equal(pool.whyQueued(3), 'queued: the thread pool of 2 is full');
  });

  it('tells which operation gets the thread of one that has ended', () => {
    const pool = poolOf(2, ['FSREQCALLBACK', 'FSREQCALLBACK', 'FSREQCALLBACK', 'FSREQCALLBACK']);
    pool.ended(2);
    assert.deepEqual(pool.update(), [3]);
    assert.deepEqual(queued(pool, 4), [4]);
    assert.deepEqual(pool.update(), []);
  });

  it('leaves threads for others when names are looked up', () => {
    const lookups = ['GETADDRINFOREQWRAP', 'GETADDRINFOREQWRAP', 'GETADDRINFOREQWRAP'];
    const pool = poolOf(4, [...lookups, 'FSREQCALLBACK']);
    assert.deepEqual(queued(pool, 4), [3]);
    assert.equal(pool.whyQueued(3), 'queued: only 2 lookups run at a time');
  });

  it('does not count what needs no thread', () => {
    const pool = poolOf(1, ['Timeout', 'TCPCONNECTWRAP', 'ZLIB', 'FSREQCALLBACK']);
    assert.deepEqual(queued(pool, 4), []);
  });
});
