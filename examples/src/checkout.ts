import { setTimeout as delay } from 'node:timers/promises';
import { pay, stockOf, type Suppliers } from './suppliers.js';

/** Asks for everything at once and waits for the slowest. */
export async function checkout(suppliers: Suppliers): Promise<object> {
  const [inStock, receipt] = await Promise.all([
    stockOf(suppliers, 'lamp'),
    pay(suppliers, 49.9),
    packParcel(),
  ]);
  return { inStock, receipt };
}

async function packParcel(): Promise<void> {
  await delay(600);
}
