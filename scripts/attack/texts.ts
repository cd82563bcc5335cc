import { terminalText } from '../../src/cli/terminalText.js';
import { warningText } from '../../src/cli/warningText.js';
import { plainJson } from '../../src/model/plainJson.js';
import { plainText } from '../../src/model/plainText.js';
import { markdownCode, markdownText, noticeText } from '../../src/model/presenter/markdown.js';
import { type Attack, UNSEEN } from './attack.js';

/** Names that a program gives its functions, files and threads. */
const NAMES: Readonly<Record<string, string>> = {
  colours: '\x1b[31mred\x1b[0m',
  'a cleared screen': '\x1b[2J\x1b[H',
  'a title': '\x1b]0;PWN\x07',
  'a link': '\x1b]8;;http://evil\x07x\x1b]8;;\x07',
  'the clipboard': '\x1b]52;c;ZXZpbA==\x1b\\',
  'C1 controls': '\x9b31m\x9d0;x\x9c',
  bells: '\x07\x07',
  'other lines': 'a\r\nasyncdebug: all is well\u2028b\u0085c',
  directions: '\u202egnp.exe\u2066',
  'zero width': 'a\u200bb\ufeffc\u00ad\u{e0041}',
  'half characters': '\ud800x\udc00',
  NUL: 'a\0b',
};

/** Where a name goes, and what may not come out. */
const WAYS: Readonly<Record<string, (name: string) => string>> = {
  'a line': (name) => plainText(name),
  'the terminal': (name) => terminalText(name).replaceAll('\n', ''),
  JSON: (name) => plainJson({ [name]: name }),
  'a report': (name) => markdownText(name),
  'code in a report': (name) => markdownCode(name),
  'a notification': (name) => noticeText(name),
  'a warning of the command line': (name) => {
    const site = { file: `/shop/${name}.js`, line: 1, column: 1, function: name };
    return plainText(warningText({ ...WARNING, site }, '/shop'), 10_000);
  },
};

const WARNING = {
  id: 'w',
  kind: 'slowOperation',
  message: 'Slow',
  count: 1,
  durationMs: 1,
  totalMs: 1,
  maxMs: 1,
  ongoing: false,
} as Parameters<typeof warningText>[0];

/** Markdown that a value must not become. */
const MARKDOWN: Readonly<Record<string, RegExp>> = {
  '![x](https://evil/x.png)': /!\[/,
  '`![x](https://evil/x.png)': /(?<!\\)`|!\[/,
  '@ann': /@ann/,
  '# heading': /^#/,
  '#12': /#12/,
  '<img src=x onerror=y>': /(?<!\\)</,
  'a|b': /(?<!\\)\|/,
  'https://evil': /https:\/\//,
};

const shown: Attack[] = Object.entries(NAMES).flatMap(([what, name]) =>
  Object.entries(WAYS).map(([where, way]) => ({
    name: `${what} in ${where}`,
    run: () => (UNSEEN.test(way(name)) ? JSON.stringify(way(name)) : undefined),
  })),
);

const markdown: Attack[] = Object.entries(MARKDOWN).map(([value, bad]) => ({
  name: `${value} in a report`,
  run: () => (bad.test(markdownText(value)) ? markdownText(value) : undefined),
}));

const long: Attack = {
  name: 'a name of ten million letters',
  run: () => (plainText('\x1b[31m'.repeat(2e6)).length > 200 ? 'is not clipped' : undefined),
};

export const texts: readonly Attack[] = [...shown, ...markdown, long];
