const listeners = new Set();

async function subscribe() {
  await new Promise((resolve) => listeners.add(resolve)); // FAULT
}

setInterval(subscribe, 50);
