'use strict';
Promise.resolve().then(() => console.log('done'));
