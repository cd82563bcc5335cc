// finds: pendingAtExit 2
await new Promise(() => {});
