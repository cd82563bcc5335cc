import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface Prices {
  of(article: string): Promise<number>;
}

interface Answer {
  id: number;
  price: number;
}

/** Prices are worked out in a thread of their own. */
export function startPriceWorker(): Prices {
  const worker = new Worker(join(__dirname, 'priceWorker.js'), { name: 'prices' });
  const waiting = new Map<number, (price: number) => void>();
  let lastId = 0;
  worker.on('message', ({ id, price }: Answer) => {
    waiting.get(id)?.(price);
    waiting.delete(id);
  });
  return {
    of(article) {
      return new Promise((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve);
        worker.postMessage({ id, article });
      });
    },
  };
}
