// A host of which each part can be left away.
import { silentLogger } from '../../src/base/logger.js';
import { CdpClient } from '../../src/cdp/client.js';
import { connectWebSocket } from '../../src/cdp/webSocketTransport.js';
import type { AgentSettings, SentPoll } from '../../src/protocol/wire.js';
import { AgentCalls } from '../../src/session/agentCalls.js';
import { systemClock } from '../../src/session/systemClock.js';
import { OutcomeReader } from '../../src/session/taskOutcomes.js';

export interface Parts {
  /** Absent: no hooks. */
  settings?: AgentSettings;
  polls: boolean;
  /** Of tasks that have ended. */
  results: boolean;
}

const POLL_MS = 100;
const CONNECT_LIMIT_MS = 5_000;

export class PartsHost {
  private readonly agent: AgentCalls;
  private readonly outcomes = new OutcomeReader(systemClock);
  private readonly timer: NodeJS.Timeout;
  private parts: Parts = { polls: false, results: false };
  private asking: Promise<void> | undefined;

  /** The agent is in the program, and stays without hooks at first. */
  static async start(url: string): Promise<PartsHost> {
    const transport = await connectWebSocket(url, CONNECT_LIMIT_MS);
    const host = new PartsHost(new CdpClient(transport, silentLogger, { connection: 'direct' }));
    await host.agent.stop();
    return host;
  }

  private constructor(private readonly client: CdpClient) {
    this.agent = new AgentCalls(client);
    this.timer = setInterval(() => {
      if (this.parts.polls) this.asking ??= this.ask().finally(() => (this.asking = undefined));
    }, POLL_MS);
  }

  /** True: the agent has got a new budget, and begins with what it saves for what comes all at once. */
  async use(parts: Parts): Promise<boolean> {
    const { settings } = parts;
    const isNew = settings !== this.parts.settings;
    this.parts = { ...parts, polls: false };
    await this.asking;
    if (isNew) await (settings ? this.agent.connect(settings) : this.agent.stop());
    this.parts = parts;
    return isNew && (settings?.siteBudget ?? 0) > 0;
  }

  /** What is asked now is still answered. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.asking;
    this.client.dispose();
  }

  private async ask(): Promise<void> {
    for (let more = true; more;) {
      const poll = JSON.parse(await this.agent.poll()) as SentPoll;
      if (poll.settled > 0 && this.parts.results)
        await this.outcomes.read(this.agent, this.client, poll.settled, () => {});
      more = poll.more;
    }
  }
}
