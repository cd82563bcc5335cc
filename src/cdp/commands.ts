import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

/** What js-debug's proxy and Node's inspector understand beyond the published protocol. */
interface OwnCommands {
  /** Events reach a client of the proxy only after it has named them. */
  'JsDebug.subscribe': { paramsType: [{ events: string[] }]; returnType: object };
  'NodeWorker.enable': { paramsType: [{ waitForDebuggerOnStart: boolean }]; returnType: object };
  'NodeWorker.sendMessageToWorker': {
    paramsType: [{ sessionId: string; message: string }];
    returnType: object;
  };
  'NodeRuntime.notifyWhenWaitingForDisconnect': { paramsType: [{ enabled: boolean }]; returnType: object };
}

export interface WorkerInfo {
  workerId: string;
  type: string;
  title: string;
  url: string;
}

interface OwnEvents {
  'NodeWorker.attachedToWorker': [{ sessionId: string; workerInfo: WorkerInfo; waitingForDebugger: boolean }];
  'NodeWorker.detachedFromWorker': [{ sessionId: string }];
  'NodeWorker.receivedMessageFromWorker': [{ sessionId: string; message: string }];
  'NodeRuntime.waitingForDisconnect': [];
}

/** Every command by its method. */
export type Commands = ProtocolMapping.Commands & OwnCommands;
/** Every event by its method. */
export type Events = ProtocolMapping.Events & OwnEvents;
