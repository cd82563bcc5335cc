import { durationText, fineDurationText } from '../model/numbers.js';
import { isBlocking, isFinding, isTimed, type ProcessSnapshot, type Warning } from '../protocol/snapshot.js';
import type { Answer } from './answer.js';
import { answerOfEach, chosen, PROCESS_ARGUMENT } from './processAnswer.js';
import type { Tool } from './tool.js';

/** What held the event loop, with line, stack and cause. */
export const explainBlocking: Tool = {
  name: 'explain_blocking',
  title: 'Explain blocking',
  description:
    'Tells which lines of a Node.js program have blocked its event loop or do so now: file:line, stack, cause (JavaScript, a synchronous call, a regular expression, garbage collection …), how long and how often, who had to wait; also slow DNS, file and crypto work, a full thread pool, and what start-up took. Use it for slow or unresponsive programs.',
  input: { type: 'object', properties: { process: PROCESS_ARGUMENT }, additionalProperties: false },
  async answer({ process }, source) {
    const snapshot = await source.snapshot();
    return answerOfEach(chosen(snapshot, process), source.folders, explain);
  },
};

function explain(answer: Answer, process: ProcessSnapshot): void {
  const { startUp, foreignBlocks, blocked } = process;
  const warnings = process.warnings.filter((warning) => !isFinding(warning));
  const isTold = warnings.some((warning) => isTimed(warning) && warning.ongoing);
  if (blocked && !isTold)
    for (const frame of blocked.stack.slice(0, MAX_FRAMES))
      answer.line(`blocked now in ${answer.name(frame.function ?? '')} at ${answer.place(frame)}`, 1);
  if (warnings.length === 0 && !blocked) answer.line('Nothing has blocked its event loop so far.', 1);
  const timeOf = (warning: Warning): number => (isTimed(warning) ? warning.totalMs : 0);
  const dearest = [...warnings].sort((a, b) => timeOf(b) - timeOf(a));
  for (const warning of dearest.slice(0, MAX_WARNINGS)) warningLines(answer, warning);
  if (warnings.length > MAX_WARNINGS) answer.line(`and ${warnings.length - MAX_WARNINGS} more places.`, 1);
  if (foreignBlocks)
    answer.line(
      `${foreignBlocks.count} more blocks had no line of the program: ${durationText(foreignBlocks.totalMs)} in all.`,
      1,
    );
  if (startUp) {
    answer.line(`Start-up took ${durationText(startUp.durationMs)} loading code (no warning):`, 1);
    for (const { durationMs, site } of startUp.lines.slice(0, MAX_FRAMES))
      answer.line(`${durationText(durationMs)}${site ? ` at ${answer.place(site)}` : ''}`, 2);
  }
}

function warningLines(answer: Answer, warning: Warning): void {
  const { message, site, stack = [] } = warning;
  answer.line(`- ${answer.name(message)}${site ? ` at ${answer.place(site)}` : ''}`, 1);
  const facts: string[] = [];
  if (isTimed(warning)) {
    if (warning.ongoing) facts.push('goes on now');
    if (warning.count > 1)
      facts.push(
        `${warning.count} times, ${fineDurationText(warning.totalMs)} in all, worst ${fineDurationText(warning.maxMs)}`,
      );
  }
  if (isBlocking(warning)) {
    facts.push(
      `cause: ${warning.cause}${warning.call === undefined ? '' : ` in ${answer.name(warning.call)}`}`,
    );
    if (warning.forTask) facts.push(`for ${answer.name(warning.forTask.name)}`);
    if (warning.suffered && warning.suffered.tasks > 0)
      facts.push(`${warning.suffered.tasks} tasks had to wait`);
  }
  if (facts.length > 0) answer.line(facts.join('; '), 2);
  for (const frame of stack.slice(0, MAX_FRAMES))
    answer.line(`in ${answer.name(frame.function ?? '')} at ${answer.place(frame)}`, 2);
}

const MAX_WARNINGS = 20;
const MAX_FRAMES = 8;
