import { t } from '../base/texts.js';
import { plainText } from '../model/plainText.js';
import { hasProperties, objectText, valueText } from '../session/valueText.js';
import type { DeepXray } from '../xray/deepXray.js';
import type { Variable } from '../xray/live/locals.js';
import type { SettlerTexts } from '../xray/settlers/settlerTexts.js';

/** Variables of suspended functions, one line for each function and scope. Their values may be secret. */
export function variableLines({ variables }: DeepXray, texts: SettlerTexts): string[] {
  const lines: string[] = [t('Variables')];
  for (const [task, scopes] of variables) {
    lines.push(`  ${plainText(texts.task(task))}`);
    for (const { kind, variables: own } of scopes) {
      if (kind === 'module') continue;
      const shown = own.slice(0, MAX_VARIABLES).map(variableText);
      if (own.length > shown.length) shown.push('…');
      lines.push(`    ${kind}  ${shown.join(', ')}`);
    }
  }
  return lines;
}

function variableText({ name, value }: Variable): string {
  const { type, subtype, preview, description } = value;
  const primitive: unknown = value.value ?? value.unserializableValue;
  const text =
    preview && hasProperties(preview)
      ? objectText(preview)
      : valueText({
          type,
          ...(subtype === undefined ? {} : { subtype }),
          value: type === 'string' ? String(primitive) : (description ?? String(primitive)),
        });
  return `${plainText(name, MAX_NAME)} = ${text}`;
}

const MAX_VARIABLES = 20;
const MAX_NAME = 60;
