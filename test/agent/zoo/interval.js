setInterval(() => {}, 1000);
probeAfter(20);
