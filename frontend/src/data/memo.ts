/** Caches a function's last value for as long as its arguments stay the same. */
export class Memo<Arguments extends readonly unknown[], Value> {
  #last: { args: Arguments; value: Value } | null = null;

  constructor(private readonly compute: (...args: Arguments) => Value) {}

  of(...args: Arguments): Value {
    const last = this.#last;
    const isSame =
      last?.args.length === args.length && args.every((argument, at) => Object.is(argument, last.args[at]));
    if (last !== null && isSame) return last.value;
    const value = this.compute(...args);
    this.#last = { args, value };
    return value;
  }
}
