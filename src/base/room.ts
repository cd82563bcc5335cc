/** Memory that several share: each takes some of it, and gives it back when it is done. */
export class Room {
  private taken = 0;

  constructor(private readonly size: number) {}

  /** `false`: there is not so much left, and nothing was taken. */
  take(amount: number): boolean {
    if (this.taken + amount > this.size) return false;
    this.taken += amount;
    return true;
  }

  give(amount: number): void {
    this.taken -= amount;
  }
}
