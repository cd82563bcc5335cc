// finds: unhandledRejection 3
process.on('unhandledRejection', () => {});
Promise.reject(new Error('at once'));
setTimeout(() => {}, 200);
