import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The services that the shop depends on, each with its address. */
export interface Suppliers {
  stock: string;
  payment: string;
}

/** Both run in this program, so that the sample needs nothing else; the shop talks to them over HTTP all the same. */
export async function startSuppliers(): Promise<Suppliers> {
  const [stock, payment] = await Promise.all([
    startService(200, () => ({ inStock: 7 })),
    startService(900, () => ({ receipt: 'paid' })),
  ]);
  return { stock, payment };
}

export async function stockOf(suppliers: Suppliers, article: string): Promise<number> {
  const answer = await request(`${suppliers.stock}/stock?article=${article}`);
  return (JSON.parse(answer) as { inStock: number }).inStock;
}

export async function pay(suppliers: Suppliers, amount: number): Promise<string> {
  const answer = await request(`${suppliers.payment}/pay?amount=${amount}`);
  return (JSON.parse(answer) as { receipt: string }).receipt;
}

async function startService(delayMs: number, answer: () => object): Promise<string> {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end(JSON.stringify(answer())), delayMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function request(url: string): Promise<string> {
  const response = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    get(url, resolve).on('error', reject);
  });
  return text(response);
}
