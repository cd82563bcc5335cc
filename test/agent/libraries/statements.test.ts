import assert from 'node:assert/strict';
import { redisCommand } from '../../../src/agent/libraries/redisCommand.js';
import { sqlStatement } from '../../../src/agent/libraries/sqlStatement.js';

describe('sqlStatement', () => {
  for (const [sql, told] of [
    ['SELECT id FROM carts\n  WHERE id = $1', 'SELECT id FROM carts WHERE id = $1'],
    ['SELECT a.name, b.price, c.amount, d.day FROM carts', 'SELECT … FROM carts'],
    ["UPDATE users SET password = 'hunter2', age = 42.5", 'UPDATE users SET password = ?, age = ?'],
    ["INSERT INTO t VALUES ('it''s', 'b')", 'INSERT INTO t VALUES (?, ?)'],
    ["SELECT 'a\\' OR name = 'secret'", 'SELECT …'],
    ["SELECT 'never ends", 'SELECT …'],
    ['SELECT $$secret$$ FROM t', 'SELECT …'],
    ["SELECT 1 -- 'secret'\nFROM t2", 'SELECT ? FROM t2'],
    ["SELECT 1 /* it's */ FROM t", 'SELECT ? FROM t'],
    ['SELECT "name" FROM t WHERE a1 = 7', 'SELECT "name" FROM t WHERE a1 = ?'],
    [`INSERT INTO t VALUES (${'?, '.repeat(20)}?)`, 'INSERT INTO t VALUES (…)'],
    [undefined, ''],
  ] as const)
    it(`tells ${String(sql).slice(0, 40)} without values`, () => {
      assert.equal(sqlStatement(sql, ["'"]), told);
    });

  it('takes what stands in double quotes for a value where the server does', () => {
    assert.equal(sqlStatement('SELECT "secret"', ["'", '"']), 'SELECT ?');
  });
});

describe('redisCommand', () => {
  for (const [command, args, told] of [
    ['blpop', ['jobs', '0'], 'BLPOP jobs'],
    ['GET', ['session:4711'], 'GET session:…'],
    ['SET', ['greeting', 'secret'], 'SET greeting'],
    ['AUTH', ['secret'], 'AUTH'],
    ['MYCOMMAND', ['secret'], 'MYCOMMAND'],
    ['PING', undefined, 'PING'],
    [undefined, [], ''],
  ] as const)
    it(`tells ${String(command)} with its key alone`, () => {
      assert.equal(redisCommand(command, args), told);
    });
});
