export function sum(a: number, b: number): number {
  return a + b;
}

export async function sumLater(a: number, b: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return sum(a, b);
}
