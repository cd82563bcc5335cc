import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

/** A tool as it is offered over the Model Context Protocol. */
export interface OfferedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON schema of an object. */
  readonly input: object;
  readonly readOnly: boolean;
  /** What it answers; rejects with an error whose message is for the model. */
  answer(input: unknown): Promise<string>;
}

/** Serves tools on stdin and stdout; resolves when the client has gone. Nothing else may write to stdout meanwhile. */
export async function serve(
  tools: readonly OfferedTool[],
  version: string,
  instructions: string,
): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the other one takes no JSON schema
  const server = new Server(
    { name: 'asyncdebug', title: 'Async Debugger for Node.js', version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    call(
      tools.find(({ name }) => name === params.name),
      params.arguments,
    ),
  );
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('close', resolve);
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}

function described({ name, title, description, input, readOnly }: OfferedTool) {
  return {
    name,
    title,
    description,
    inputSchema: input as { type: 'object' },
    annotations: { title, readOnlyHint: readOnly, openWorldHint: false },
  };
}

async function call(tool: OfferedTool | undefined, input: unknown): Promise<CallToolResult> {
  if (!tool) return failure('There is no such tool.');
  try {
    return { content: [{ type: 'text', text: await tool.answer(input) }] };
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
