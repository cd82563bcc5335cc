import { readFile } from 'node:fs/promises';

enum Colour {
  Red = 'red',
  Green = 'green',
}

class Repeated {
  #count = 0;
  constructor(private readonly colour: Colour) {}

  async *names(times: number): AsyncGenerator<string> {
    while (this.#count < times) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield `${this.colour} ${this.#count++}`;
    }
  }
}

async function main(): Promise<void> {
  for await (const name of new Repeated(Colour.Green).names(3)) console.log(name);
  const text = await readFile(__filename, 'utf8');
  console.log(text.split('\n')[0]);
  throw new Error(Colour.Red);
}

main();
