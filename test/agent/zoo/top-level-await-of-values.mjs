// Top-level awaits of a plain value and of a thenable.
probeAfter(20);
await 1;
await { then: (resolve) => setTimeout(resolve, 1000) };
