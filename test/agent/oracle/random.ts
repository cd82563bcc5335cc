/** Gives the same choices for the same seed, so that a program can be made again from its number. */
export class Random {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('there is nothing to choose from');
    return choice;
  }

  /** One time in `count`. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  shuffled<T>(choices: readonly T[]): T[] {
    const rest = [...choices];
    return choices.map(() => rest.splice(this.below(rest.length), 1)[0] as T);
  }
}
