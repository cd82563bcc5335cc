import { createServer } from 'node:http';

/** The HTTP service that the servers call: it never answers in full. */
export class Supplier {
  #server;
  /** Calls that wait for its answer. */
  held = 0;

  static start() {
    return new Promise((resolve, reject) => {
      const supplier = new Supplier();
      supplier.#server.once('error', reject);
      supplier.#server.listen(0, '127.0.0.1', () => resolve(supplier));
    });
  }

  constructor() {
    this.#server = createServer((request, response) => {
      this.held++;
      response.once('close', () => this.held--);
      if (request.url.startsWith('/stock/')) response.write('some of it');
    });
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
