import { join, resolve } from 'node:path';
import { builtHost } from '../bench/hostProgram.mjs';
import { MODES } from '../bench/modes.mjs';
import { MeasuredProcess } from '../bench/process.mjs';

const { preload } = MODES.find(({ name }) => name === 'agent');

/**
 * A program in a mode with the agent, and a host of ours for it in a process of its own.
 *
 * @param {string} node path of the program's binary
 * @param {string} file of the program, beside this one
 * @param {string} hostFile beside this one
 * @returns {Promise<{ program: MeasuredProcess, host: MeasuredProcess, end(): Promise<void> }>}
 */
export async function startWithHost(node, file, hostFile) {
  let url;
  const attach = async (inspector) => void (url = inspector.url);
  const program = await startProgram(node, file, { preload, attach });
  const end = [() => program.end()];
  try {
    const host = await startProgram(
      process.execPath,
      await builtHost(join(import.meta.dirname, hostFile)),
      {},
    );
    end.push(() => host.end());
    await host.ask({ url });
    return { program, host, end: () => Promise.all(end.map((each) => each())) };
  } catch (error) {
    await Promise.all(end.map((each) => each()));
    throw error;
  }
}

/** Starts a program that is beside this file, or that an absolute path leads to, without a host. */
export function startProgram(node, file, mode) {
  return MeasuredProcess.start(node, resolve(import.meta.dirname, file), mode, ['--expose-gc']);
}
