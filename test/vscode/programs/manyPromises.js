'use strict';
let open;
const gate = new Promise((resolve) => (open = resolve));

async function waitAtGate() {
  await gate;
}

// the settings of the session hold from the moment on that it has connected
setTimeout(() => {
  for (let count = Number(process.argv[2] ?? 10_000); count > 0; count--) void waitAtGate();
}, 500);
setTimeout(() => open(), 600_000);
