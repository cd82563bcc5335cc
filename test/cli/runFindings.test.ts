import assert from 'node:assert/strict';
import { annotations, failure, findingParagraph } from '../../src/cli/runFindings.js';
import type { Finding } from '../../src/protocol/snapshot.js';
import { place, processOf, snapshotOf } from '../support/tasks.js';

const FINDING: Finding = {
  id: 'f',
  kind: 'unhandledRejection',
  severity: 'error',
  message: 'Nobody handles the rejection of save: Error: 50 %, gone',
  advice: 'Catch it.',
  count: 1,
  ongoing: false,
  evidence: [{ text: 'made in stock', site: place('/shop/src/stock.js:3 stock') }],
  tasks: [],
  site: place('/shop/src/a,b.js:5 main'),
};
const SNAPSHOT = snapshotOf(processOf([], { warnings: [FINDING] }));

describe('What run says of findings', () => {
  it('is the sentence with its place, and each fact with its own', () => {
    assert.deepEqual(findingParagraph(FINDING, '/shop'), {
      text: 'Nobody handles the rejection of save: Error: 50 %, gone, at main (src/a,b.js:5)',
      tree: '  made in stock (src/stock.js:3)',
    });
  });

  it('is an annotation of which no text can be taken for another command', () => {
    const [line, ...others] = annotations(SNAPSHOT, '/shop');
    assert.equal(others.length, 0);
    assert.match(
      line ?? '',
      /^::error file=src\/a%2Cb\.js,line=5,col=\d+,title=unhandledRejection::Nobody handles/,
    );
    assert.match(line ?? '', /Error: 50 %25, gone%0ACatch it\.$/);
  });

  it('is why the run fails, for the kinds that were asked for alone', () => {
    assert.match(
      failure(SNAPSHOT, ['unhandledRejection', 'blocking']) ?? '',
      /^--fail-on: 1 place found \(unhandledRejection 1\)/,
    );
    assert.equal(failure(SNAPSHOT, ['blocking']), undefined);
    assert.equal(failure(SNAPSHOT, []), undefined);
  });
});
