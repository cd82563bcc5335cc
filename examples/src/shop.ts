import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cart } from './cart.js';
import { checkout } from './checkout.js';
import { subscribeToNewsletter } from './newsletter.js';
import { startPriceWorker } from './prices.js';
import { dailyReport } from './report.js';
import { startSuppliers } from './suppliers.js';
import { startVisitors } from './visitors.js';

async function main(): Promise<void> {
  const suppliers = await startSuppliers();
  const prices = startPriceWorker();
  const routes: Record<string, (request: IncomingMessage) => Promise<unknown>> = {
    '/cart': () => cart(suppliers, prices),
    '/checkout': () => checkout(suppliers),
    '/report': () => dailyReport(),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = routes[request.url ?? ''];
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    try {
      response.end(JSON.stringify(await answer(request)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  const server = createServer((request, response) => void handle(request, response));
  const port = Number(process.env['PORT'] ?? 0);
  server.listen(port, '127.0.0.1', () => {
    const address = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${address.port}`;
    console.log(`The shop is open: ${url}/cart, ${url}/checkout, ${url}/report`);
    void subscribeToNewsletter('ada@example.com');
    startVisitors(url);
  });
}

void main();
