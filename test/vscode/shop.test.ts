import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { type BlockingWarning, isBlocking } from '../../src/protocol/snapshot.js';
import type { Debugging } from './support/debugging.js';
import { api } from './support/extension.js';
import { debugShop, leaves, lineOf, shopSource } from './support/sample.js';
import { until } from '../support/until.js';

const CHECKOUT = shopSource('checkout.ts');
const CHECKOUT_AWAIT = lineOf(readFileSync(CHECKOUT, 'utf8'), 'await Promise.all');
const CHECKOUT_RETURN = lineOf(readFileSync(CHECKOUT, 'utf8'), 'return { inStock');
const CART = shopSource('cart.ts');
const REPORT = shopSource('report.ts');

describe('The sample shop', () => {
  let debugging: Debugging;

  before(async () => {
    await api();
    debugging = await debugShop();
  });

  after(() => debugging.stop());

  it('shows the handler that awaits, at its line in the TypeScript source', async () => {
    const checkout = await debugging.task(
      'checkout awaits Promise.all',
      ({ name, awaitingAt }) => name === 'checkout' && awaitingAt?.line === CHECKOUT_AWAIT,
    );
    assert.equal(checkout.kind, 'asyncFunction');
    assert.equal(checkout.awaitingAt?.file, CHECKOUT);
    assert.equal(checkout.definedAt?.file ?? checkout.createdAt?.file, CHECKOUT);
    const cart = await debugging.task(
      'cart awaits',
      ({ name, awaitingAt }) => name === 'cart' && awaitingAt !== undefined,
    );
    assert.equal(cart.awaitingAt?.file, CART);
  });

  it('follows a handler down to the timer or the request at the leaf', async () => {
    await until('checkout waits for a timer and for a connection', async () => {
      for (const process of await debugging.processes()) {
        for (const checkout of process.tasks.filter(({ name }) => name === 'checkout')) {
          const found = leaves(checkout, process);
          const timer = found.find(({ kind, detail }) => kind === 'timer' && detail?.includes('left'));
          const connection = found.find(({ detail }) => detail?.includes('127.0.0.1:'));
          if (timer && connection) return true;
        }
      }
      return undefined;
    });
  });

  it('shows the worker as a process of its own, below the shop', async () => {
    const worker = await debugging.process('the worker', ({ threadId }) => threadId > 0);
    const shop = await debugging.process('the shop', ({ threadId, pid }) => threadId === 0 && pid > 0);
    assert.equal(worker.parent, shop.session);
    await debugging.task('the worker looks up a price', ({ name }) => name === 'lookUp');
  });

  it('keeps the forgotten promise in view, and it grows older', async () => {
    const first = await debugging.task('the newsletter', ({ name }) => name === 'subscribeToNewsletter');
    const older = await debugging.task(
      'the same task, older',
      ({ id, ageMs }) => id === first.id && ageMs >= first.ageMs + 300,
    );
    assert.equal(older.state, 'awaiting');
  });

  it('puts the line that blocks into Problems within a second of its end', async () => {
    const { onDidWarn } = await api();
    const endedAtMs = new Promise<number>((resolve) => {
      const subscription = onDidWarn((warning) => {
        if (!isBlocking(warning) || warning.ongoing || warning.site?.file !== REPORT) return;
        subscription.dispose();
        resolve(Date.now());
      });
    });
    const startedAtMs = await endedAtMs;
    const problem = await until('an entry in Problems', () => problemsOf(REPORT)[0]);
    assert.ok(Date.now() - startedAtMs < 1000);
    const source = readFileSync(REPORT, 'utf8');
    const line = problem.range.start.line + 1;
    assert.ok(line > lineOf(source, 'function parseReport') && line < lineOf(source, 'return { sales }'));
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(problem.message, /event loop/);
    const warning = await reportWarning(debugging);
    assert.ok(warning.durationMs >= 300 && warning.durationMs < 3_000, `${warning.durationMs} ms`);
  });

  it('stays readable and exact while the program is paused', async () => {
    const place = new vscode.Location(vscode.Uri.file(CHECKOUT), new vscode.Position(CHECKOUT_RETURN - 1, 0));
    const breakpoint = new vscode.SourceBreakpoint(place);
    vscode.debug.addBreakpoints([breakpoint]);
    try {
      const paused = await debugging.process('a paused process', ({ state }) => state === 'paused');
      const running = paused.tasks.filter(
        ({ kind, state }) => kind === 'asyncFunction' && state === 'running',
      );
      assert.deepEqual(
        running.map(({ name }) => name),
        ['checkout'],
      );
      const again = await debugging.process('the same process', ({ session }) => session === paused.session);
      assert.equal(again.state, 'paused');
      // results of tasks that have ended are still being read
      const content = (process: typeof paused): unknown[] =>
        process.tasks
          .filter(({ endedAgoMs }) => endedAgoMs === undefined)
          .map(({ id, state, awaits }) => [id, state, awaits]);
      assert.deepEqual(content(again), content(paused));
    } finally {
      vscode.debug.removeBreakpoints([breakpoint]);
    }
    // the next checkout may stop there, too, before the breakpoint is gone
    await until('running again', async () => {
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      const processes = await debugging.processes();
      return processes.some(({ state, threadId }) => state === 'running' && threadId === 0) || undefined;
    });
  });

  it('leaves no row behind, and the warnings until they are cleared', async () => {
    await debugging.stop();
    assert.deepEqual(
      (await debugging.processes()).filter(({ state }) => state !== 'ended'),
      [],
    );
    assert.notDeepEqual(problemsOf(REPORT), []);
    await vscode.commands.executeCommand('asyncDebugger.clearWarnings');
    await until('no entry in Problems', () => problemsOf(REPORT).length === 0 || undefined);
  });
});

function problemsOf(file: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ code }) => code === 'blocking');
}

function reportWarning(debugging: Debugging): Promise<BlockingWarning> {
  return until('a warning about the report', async () =>
    (await debugging.processes())
      .flatMap(({ warnings }) => warnings)
      .filter(isBlocking)
      .find(({ site, ongoing }) => site?.file === REPORT && !ongoing),
  );
}
