// What compilers put into programs for engines without async functions, generators or `for await`.
exports.__awaiter = (thisArg, _arguments, P, generator) =>
  new Promise((resolve, reject) => {
    const step = (method, value) => {
      try {
        const result = running[method](value);
        if (result.done) resolve(result.value);
        else Promise.resolve(result.value).then(fulfilled, rejected);
      } catch (error) {
        reject(error);
      }
    };
    const fulfilled = (value) => step('next', value);
    const rejected = (error) => step('throw', error);
    const running = generator.apply(thisArg);
    step('next');
  });

/** Knows two instructions: 4 yields, 2 returns. */
exports.__generator = (thisArg, body) => {
  const state = { label: 0, sent: () => state.value };
  return {
    next(value) {
      state.value = value;
      const [instruction, result] = body.call(thisArg, state);
      state.label++;
      return { value: result, done: instruction === 2 };
    },
  };
};

exports.__asyncValues = (all) => {
  const iterator = all[Symbol.iterator]();
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const { done, value } = iterator.next();
        Promise.resolve(value).then((settled) => resolve({ value: settled, done }), reject);
      }),
  };
};
