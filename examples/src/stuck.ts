/** A program that gets stuck: it answers nothing any more, and the debugger's views say where and for how long. */
async function main(): Promise<void> {
  console.log('Working …');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  findPrime(10_000);
}

function findPrime(above: number): number {
  let candidate = above;
  while (!isPrime(candidate)) {
    candidate += 2; // even for ever
  }
  return candidate;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

void main();
