// Says nothing and ends with the program that started it.
process.on('disconnect', () => process.exit());
setInterval(() => {}, 1000);
