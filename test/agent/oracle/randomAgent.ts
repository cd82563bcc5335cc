import path from 'node:path';
import { build } from 'esbuild';

/** Builds the agent with a budget of chance in place of its own, and returns the path of the bundle. */
export async function buildRandomAgent(folder: string): Promise<string> {
  const outfile = path.join(folder, 'agent.js');
  await build({
    entryPoints: ['src/agent/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node18',
    define: { __VERSION__: '"random"' },
    plugins: [
      {
        name: 'random budget',
        setup: (bundle) => {
          bundle.onResolve({ filter: /\/budget\.js$/ }, () => ({
            path: path.resolve('test/agent/oracle/randomBudget.ts'),
          }));
        },
      },
    ],
  });
  return outfile;
}
