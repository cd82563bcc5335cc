import type { CdpClient } from '../cdp/client.js';
import { WireDecoder } from '../model/wire/wireDecoder.js';
import type { AgentSettings, Hello } from '../protocol/wire.js';
import { AgentCalls, type Probe } from './agentCalls.js';
import type { SessionState } from './sessionState.js';
import { canLoadAgent } from './whyUnavailable.js';

/** What is said over one connection: the agent is asked by calls, and whatever it says goes through the decoder. */
export class Conversation {
  readonly agent: AgentCalls;
  readonly decoder = new WireDecoder();

  constructor(readonly client: CdpClient) {
    this.agent = new AgentCalls(client);
  }

  /** Looks for the agent, waits for it where the program loads it, and brings it in where that is wanted. */
  async findAgent(state: SessionState): Promise<Probe> {
    const { agent } = this;
    const { clock } = state;
    const { inject, loadsAgent, loaders, loadLimitMs = LOAD_LIMIT_MS } = state.options;
    let probe = await agent.probe(loaders);
    // A program or thread that has only just begun answers before it has loaded the agent.
    const waits = inject === undefined || loadsAgent === true || probe.loads === true;
    const untilMs = clock.nowMs() + (waits ? loadLimitMs : 0);
    while (canLoadAgent(probe) && clock.nowMs() < untilMs && !state.isLeaving()) {
      await new Promise<void>((resolve) => void clock.after(LOAD_WAIT_MS, resolve));
      if (!state.isLeaving()) probe = await agent.probe();
    }
    if (inject === undefined || !canLoadAgent(probe) || state.isLeaving()) return probe;
    await agent.inject(inject);
    return agent.probe();
  }

  /** Begins the conversation, or begins it again. */
  async begin(settings: AgentSettings): Promise<Hello> {
    return this.decoder.hello(await this.agent.connect(settings));
  }
}

const LOAD_WAIT_MS = 100;
const LOAD_LIMIT_MS = 2000;
