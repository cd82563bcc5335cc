function startMetrics() {
  setInterval(() => {}, 30_000); // FAULT
}

startMetrics();
setTimeout(() => {}, 60_000).unref();
