import { asyncTasks } from './asyncTasks.js';
import { compareSnapshots } from './compareSnapshots.js';
import { explainBlocking } from './explainBlocking.js';
import { explainHang } from './explainHang.js';
import type { Tool } from './tool.js';
import { whyAlive } from './whyAlive.js';

export type { InputSchema, Tool, ToolSource } from './tool.js';
export { toolInput } from './toolInput.js';

/** Questions that language models may ask, in VS Code and over MCP alike. */
export const TOOLS: readonly Tool[] = [asyncTasks, explainHang, explainBlocking, whyAlive, compareSnapshots];
