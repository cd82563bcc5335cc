/** `node --require node-async-debugger/register`: what the program waits for is known from its first line on. */
import { loadAgent } from './agentOfThread.js';

loadAgent(false);
