// An interval that no task waits for stands by itself.
setInterval(() => {}, 1000);
probeAfter(20);
