import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds } from '../../src/ui/workbench/commandIds.js';
import { OPT_OUT_ATTRIBUTE } from '../../src/ui/sessions/launchConfiguration.js';
import { settingsSection, settingsTable } from '../../src/ui/settings/settingsTable.js';
import { viewIds } from '../../src/ui/workbench/viewIds.js';

interface Property {
  type: string;
  default: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  items?: { type: string };
}

interface MenuItem {
  command: string;
  when?: string;
}

interface Manifest {
  icon: string;
  main: string;
  activationEvents: string[];
  contributes: {
    commands: { command: string }[];
    menus: Record<string, MenuItem[]>;
    views: Record<string, { id: string; type?: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    walkthroughs: { steps: { media: { image: string } }[] }[];
    configuration: { properties: Record<string, Property> };
    debuggers: { type: string; configurationAttributes: Record<string, { properties: object }> }[];
  };
}

const root = join(__dirname, '../..');
const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;

describe('Manifest', () => {
  it('contributes exactly the commands that are implemented', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(commandIds).sort(),
    );
  });

  it('names only commands of its own in menus', () => {
    const known = new Set<string>(Object.values(commandIds));
    for (const { command } of Object.values(contributes.menus).flat()) assert.ok(known.has(command), command);
  });

  it('keeps commands that need a row out of the command palette', () => {
    for (const id of [
      commandIds.goToAwaitSite,
      commandIds.goToCreationSite,
      commandIds.followTask,
      commandIds.showCreationChain,
      commandIds.goToProcess,
      commandIds.showProfile,
      commandIds.ignoreHere,
      commandIds.copyReport,
      commandIds.clearTimer,
      commandIds.terminateWorker,
    ]) {
      assert.equal(contributes.menus['commandPalette']?.find(({ command }) => command === id)?.when, 'false');
    }
  });

  it('contributes exactly the settings of the table, with the same rules and defaults', () => {
    const properties = Object.entries(contributes.configuration.properties).map(([name, property]) => [
      name,
      property.default,
      ruleOf(property),
    ]);
    const table = Object.entries(settingsTable).map(([name, setting]) => [
      `${settingsSection}.${name}`,
      setting.default,
      setting.rule,
    ]);
    assert.deepEqual(properties, table);
  });

  it('contributes the views that are filled, each with a welcome text', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), Object.values(viewIds).sort());
    // a page has its text itself
    const trees = views.filter(({ type }) => type !== 'webview').map(({ id }) => id);
    for (const view of trees) assert.ok(contributes.viewsWelcome.some((welcome) => welcome.view === view));
  });

  it('has a text for every key, and no key that nobody uses', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it('links only to commands that exist from its welcome texts', () => {
    const known = new Set<string>([
      ...Object.values(commandIds),
      ...Object.values(viewIds).map((view) => `${view}.focus`),
      'workbench.action.debug.start',
      'extension.js-debug.createDebuggerTerminal',
    ]);
    for (const [, command] of read('package.nls.json').matchAll(/\(command:([\w.-]+)\)/g)) {
      assert.ok(command !== undefined && known.has(command), command);
    }
  });

  it('declares the opt-out of a launch wherever the agent is added', () => {
    const types = contributes.debuggers.map(({ type }) => type).sort();
    assert.deepEqual(types, ['node', 'node-terminal', 'pwa-node']);
    for (const { configurationAttributes } of contributes.debuggers) {
      for (const { properties } of Object.values(configurationAttributes))
        assert.ok(OPT_OUT_ATTRIBUTE in properties);
    }
  });

  it('starts with Node debug sessions, and before a debug terminal, alone', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onDebugResolve:pwa-node',
      'onDebugResolve:node-terminal',
      'onCommand:extension.js-debug.createDebuggerTerminal',
      'onCommand:extension.js-debug.npmScript',
      'onTerminalProfile:extension.js-debug.debugTerminal',
    ]);
  });

  it('has the pictures of its walkthrough, and what starts it is a command', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps))
      assert.ok(existsSync(join(root, media.image)), media.image);
  });

  it('has its icon', () => {
    assert.ok(existsSync(join(root, manifest.icon)));
  });
});

function ruleOf({ type, enum: of, minimum: min, maximum: max, items }: Property): object {
  if (of !== undefined) return { type: 'choice', of };
  if (type === 'number') return { type, min, max };
  return type === 'array' && items?.type === 'string' ? { type: 'texts' } : { type };
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
