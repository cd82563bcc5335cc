import { reserve } from './stock.js';

declare function probeAfter(ms: number): void;

type Article = 'book' | 'pen';

async function order(articles: readonly Article[]): Promise<void> {
  const amount: number = articles.length;
  await Promise.all(articles.map((article) => reserve({ article, amount })));
}

void order(['book', 'pen']);
probeAfter(20);
