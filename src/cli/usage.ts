/** How it is written, and below it what it does. */
export function usageOf(words: string, ...lines: string[]): string {
  return [`  asyncdebug ${words}`, ...lines.map((line) => `      ${line}`), ''].join('\n');
}

export function option(words: string, meaning: string): string {
  return `  ${words.padEnd(OPTION_WIDTH)}${meaning}`;
}

/** Example of a command line. */
export function example(words: string): string {
  return `  $ asyncdebug ${words}`;
}

const OPTION_WIDTH = 22;
