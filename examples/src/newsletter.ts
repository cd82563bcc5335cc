/** Mail that nobody ever reads, so that nobody calls `confirm`. */
const mailbox: { subject: string; confirm: () => void }[] = [];

/** Waits for an answer that never comes. The task stays in the tree and grows old. */
export async function subscribeToNewsletter(address: string): Promise<string> {
  await confirmation();
  return address;
}

function confirmation(): Promise<void> {
  return new Promise((confirm) => {
    mailbox.push({ subject: 'Please confirm', confirm });
  });
}
