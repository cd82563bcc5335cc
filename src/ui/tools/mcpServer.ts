import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../base/disposable.js';

/** As the manifest names it. */
export const MCP_PROVIDER = 'asyncDebugger.mcp';

/** What VS Code 1.101 and later have beside the API of the oldest that we support. */
interface McpApi {
  readonly lm: {
    registerMcpServerDefinitionProvider?: (
      id: string,
      provider: { provideMcpServerDefinitions(): object[] },
    ) => vscode.Disposable;
  };
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string | number | null>,
    version: string,
  ) => object;
}

/**
 * Offers the command line tool as an MCP server to the agents of VS Code, where it knows such servers. It is started when
 * an agent first asks it, by the Node.js of the PATH, and so are the programs that it runs.
 */
export function offerMcpServer(cliPath: string, version: string): Disposable {
  const { lm, McpStdioServerDefinition: Definition } = vscode as unknown as Partial<McpApi>;
  if (lm?.registerMcpServerDefinitionProvider === undefined || Definition === undefined)
    return toDisposable(() => {});
  return lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
    provideMcpServerDefinitions: () => [
      new Definition('Async Debugger', 'node', [cliPath, 'mcp'], {}, version),
    ],
  });
}
