/** Runs in a thread of the program: carries what the tool says on its socket to the inspector of the main thread and back. */
import { Session } from 'node:inspector';
import { connect } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type BridgeData, Stage } from './bridgeData.js';
import { LineReader } from './lineReader.js';

interface Request {
  id: number;
  method: string;
  params?: object;
}

/** As Node's `Session` gives it. */
interface InspectorError extends Error {
  code?: unknown;
}

function carry({ socket: path, hello, stage }: BridgeData): void {
  const session = new Session();
  const socket = connect(path);
  const send = (message: object): void => void socket.write(`${JSON.stringify(message)}\n`);
  const lines = new LineReader((line) => {
    const { id, method, params } = JSON.parse(line) as Request;
    session.post(method, params, (error: InspectorError | null, result?: object) =>
      send(
        error ? { id, error: { code: SERVER_ERROR, message: error.message } } : { id, result: result ?? {} },
      ),
    );
  });
  session.on('inspectorNotification', send);
  // Node says this itself only when it waits for us, which it must not
  parentPort?.on('message', () => send({ method: 'NodeRuntime.waitingForDisconnect', params: {} }));
  parentPort?.unref();
  socket.on('connect', () => {
    session.connectToMainThread();
    send(hello);
  });
  socket.on('data', (bytes) => lines.take(bytes));
  socket.on('error', () => {});
  socket.on('close', () => {
    session.disconnect();
    parentPort?.close();
    Atomics.store(stage, 0, Stage.Over);
    Atomics.notify(stage, 0);
  });
}

const SERVER_ERROR = -32_000;

if (!isMainThread) carry(workerData as BridgeData);
