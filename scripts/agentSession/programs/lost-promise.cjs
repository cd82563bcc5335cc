async function sendMail() {
  await new Promise(() => {}); // FAULT
}

async function placeOrder() {
  await sendMail();
}

placeOrder();
setInterval(() => globalThis.gc(), 200);
