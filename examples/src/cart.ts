import { stockOf, type Suppliers } from './suppliers.js';
import type { Prices } from './prices.js';

const ARTICLES = ['lamp', 'chair', 'table'];

/** One article after the other: slower than it needs to be, and the tree shows at which one it waits. */
export async function cart(suppliers: Suppliers, prices: Prices): Promise<object[]> {
  const lines = [];
  for (const article of ARTICLES) {
    const inStock = await stockOf(suppliers, article);
    const price = await prices.of(article);
    lines.push({ article, inStock, price });
  }
  return lines;
}
