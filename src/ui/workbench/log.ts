import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.js';
import type { Logger } from '../../base/logger.js';

const MAX_LENGTH = 4_000;

/** The output channel "Async Debugger"; long messages are clipped. */
export class OutputLog implements Logger, Disposable {
  private readonly channel = vscode.window.createOutputChannel('Async Debugger', { log: true });

  debug(message: string): void {
    this.channel.debug(clip(message));
  }

  info(message: string): void {
    this.channel.info(clip(message));
  }

  warn(message: string): void {
    this.channel.warn(clip(message));
  }

  error(message: string, error?: unknown): void {
    this.channel.error(clip(error === undefined ? message : `${message} ${describe(error)}`));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function clip(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} … (${text.length} characters)` : text;
}
