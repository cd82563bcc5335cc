// An async method whose name is computed is taken for a promise until it awaits for the first time.
class Lift {
  async ['to' + 3]() {
    globalThis.probe();
    await null;
  }
}
new Lift().to3();
