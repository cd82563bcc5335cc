import http from 'node:http';

/** Headers that say when, or on which connection, an answer came. */
const VARIES = ['date', 'keep-alive'];

/**
 * One request on a connection of its own.
 *
 * @param {string} url
 * @param {http.RequestOptions & { body?: string }} [options]
 * @returns {Promise<{ request: string, status: number, headers: object, body: string }>}
 */
export function request(url, { body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { agent: false, ...options }, (response) => {
      const headers = { ...response.headers };
      for (const name of VARIES) delete headers[name];
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.once('error', reject);
      response.once('end', () => {
        const { pathname } = new URL(url);
        resolve({
          request: `${options.method ?? 'GET'} ${pathname}`,
          status: response.statusCode,
          headers,
          body: text,
        });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/**
 * Several requests, one after the other.
 *
 * @param {string} url of the server
 * @param {(string | [string, object])[]} paths each with the options of its request
 */
export async function requests(url, paths) {
  const answers = [];
  for (const each of paths) {
    const [path, options] = typeof each === 'string' ? [each, {}] : each;
    answers.push(await request(url + path, options));
  }
  return answers;
}

/**
 * The same request many times at once.
 *
 * @param {string} url
 * @param {number} count
 */
export function together(url, count) {
  return Promise.all(Array.from({ length: count }, () => request(url)));
}
