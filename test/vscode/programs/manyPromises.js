'use strict';
let open;
const gate = new Promise((resolve) => (open = resolve));

async function waitAtGate() {
  await gate;
}

for (let count = 0; count < 10_000; count++) void waitAtGate();
setTimeout(() => open(), 600_000);
