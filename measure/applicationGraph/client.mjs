import { Agent, get } from 'node:http';

/** A client that keeps its connections open and may have any number of requests going on. */
export class Client {
  #agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });
  #url;

  /** @param {string} url of the server */
  constructor(url) {
    this.#url = url;
  }

  /**
   * @param {string} path
   * @returns {Promise<string>} the answer's body
   */
  ask(path) {
    return new Promise((resolve, reject) => {
      const request = get(this.#url + path, { agent: this.#agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => (body += text));
        response.once('error', reject);
        response.once('end', () => {
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`GET ${path} was answered ${response.statusCode}: ${body}`));
        });
      });
      request.once('error', reject);
    });
  }

  /** Ends whatever goes on. */
  end() {
    this.#agent.destroy();
  }
}
