interface Reservation {
  readonly article: string;
  readonly amount: number;
}

/** Waits for the warehouse. */
export async function reserve({ amount }: Reservation): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, amount * 1000));
}
