// finds: nothing
process.on('unhandledRejection', () => {});
const late = Promise.reject(new Error('late'));
setTimeout(() => late.catch(() => {}), 150);
setTimeout(() => {}, 400);
