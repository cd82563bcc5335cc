probeAfter(20);
await 1;
await { then: (resolve) => setTimeout(resolve, 1000) };
