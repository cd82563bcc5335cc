import { WebSocket } from 'ws';

/** The least of a debugger: sends commands to the inspector of one process. */
export class Inspector {
  #socket;
  #nextId = 1;
  #waiting = new Map();

  /**
   * @param {string} url `ws://…`, as Node prints it
   * @returns {Promise<Inspector>}
   */
  static connect(url) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.once('error', reject);
      socket.once('open', () => resolve(new Inspector(socket)));
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(data.toString())));
    socket.on('close', () => this.#end());
    socket.on('error', () => this.#end());
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>} rejects when the process ends first
   */
  send(method, params = {}) {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }), (error) => error && reject(error));
    });
  }

  /** The value of an expression, in the process. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Where others can connect. */
  get url() {
    return this.#socket.url;
  }

  close() {
    this.#socket.close();
  }

  #take({ id, result, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }

  #end() {
    for (const { reject } of this.#waiting.values()) reject(new Error('the process has ended'));
    this.#waiting.clear();
  }
}
