// finds: nothing
process.on('unhandledRejection', () => {});
process.emit('unhandledRejection', new Error('not one'), Promise.resolve());
setTimeout(() => {}, 150);
