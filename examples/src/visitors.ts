/** Visits the shop all the time, so that there is something to see as soon as it runs. */
export function startVisitors(shop: string): void {
  setInterval(() => void visit(`${shop}/cart`), 400);
  setInterval(() => void visit(`${shop}/checkout`), 700);
  setInterval(() => void visit(`${shop}/report`), 3_000);
}

async function visit(url: string): Promise<void> {
  try {
    const response = await fetch(url);
    await response.text();
  } catch (error) {
    console.error(`${url}: ${String(error)}`);
  }
}
