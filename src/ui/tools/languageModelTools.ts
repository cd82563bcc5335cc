import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.js';
import { UserError } from '../../base/userError.js';
import { type Tool, toolInput, TOOLS, type ToolSource } from '../../tools/index.js';

/** Offers the questions about the debugged programs to the language models of VS Code. They cost nothing until one is asked. */
export function registerTools(source: ToolSource): Disposable {
  const store = new DisposableStore();
  // editors that are built from VS Code may leave language models out
  if (typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerTool !== 'function') return store;
  for (const tool of TOOLS)
    store.add(
      vscode.lm.registerTool(toolId(tool), { invoke: (options) => ask(tool, options.input, source) }),
    );
  return store;
}

/** The name of a tool in VS Code, among those of all extensions. */
export function toolId({ name }: Tool): string {
  return `asyncDebugger_${name}`;
}

async function ask(tool: Tool, input: unknown, source: ToolSource): Promise<vscode.LanguageModelToolResult> {
  return new vscode.LanguageModelToolResult([
    new vscode.LanguageModelTextPart(await answerOf(tool, input, source)),
  ]);
}

/** What cannot be answered is said in words, for the model to act on. */
async function answerOf(tool: Tool, input: unknown, source: ToolSource): Promise<string> {
  try {
    return await tool.answer(toolInput(input, tool.input), source);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
