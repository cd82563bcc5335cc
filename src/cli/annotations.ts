import { relative } from 'node:path';
import { plainText } from '../model/plainText.js';
import { type Finding, isFinding, type Warning } from '../protocol/snapshot.js';

const COMMANDS: Record<Finding['severity'], string> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/** One line that GitHub Actions shows beside the code; files are named from the folder `cwd`, which is the checkout. */
export function annotation(warning: Warning, severity: Finding['severity'], cwd: string): string {
  const { site, kind, message } = warning;
  const place = site && !site.file.includes('://') && !site.file.startsWith('node:') ? site : undefined;
  const properties = {
    ...(place && {
      file: relative(cwd, place.file).replaceAll('\\', '/'),
      line: String(place.line),
      col: String(place.column),
    }),
    title: kind,
  };
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  const text = isFinding(warning) ? `${message}\n${warning.advice}` : message;
  return `::${COMMANDS[severity]} ${told.join(',')}::${data(text)}`;
}

/** As the runner takes it apart. */
function data(text: string): string {
  const lines = text.split('\n').map((line) => plainText(line, 1000).replaceAll('%', '%25'));
  return lines.join('%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
