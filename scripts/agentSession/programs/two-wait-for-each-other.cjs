let first;
let second;

async function loadUser() {
  await Promise.resolve();
  await second; // FAULT
}

async function loadOrders() {
  await Promise.resolve();
  await first;
}

first = loadUser();
second = loadOrders();
setInterval(() => {}, 1000);
