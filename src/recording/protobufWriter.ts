/** Writes what Perfetto's schema needs of protocol buffers: varints, doubles, texts and messages in messages. */
export class ProtobufWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;

  /** A whole number from 0 to 2^64. */
  varint(field: number, value: bigint | number): this {
    this.raw(BigInt(field) << 3n);
    this.raw(BigInt(value));
    return this;
  }

  /** A whole number of eight bytes. */
  fixed64(field: number, value: bigint | number): this {
    this.raw((BigInt(field) << 3n) | 1n);
    this.room(8);
    new DataView(this.bytes.buffer).setBigUint64(this.length, BigInt(value), true);
    this.length += 8;
    return this;
  }

  text(field: number, value: string): this {
    return this.lengthDelimited(field, new TextEncoder().encode(value));
  }

  message(field: number, message: ProtobufWriter): this {
    return this.lengthDelimited(field, message.take());
  }

  /** What was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private lengthDelimited(field: number, bytes: Uint8Array): this {
    this.raw((BigInt(field) << 3n) | 2n);
    this.raw(BigInt(bytes.length));
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  private raw(value: bigint): void {
    this.room(10);
    let rest = BigInt.asUintN(64, value);
    for (; rest >= 128n; rest >>= 7n) this.bytes[this.length++] = Number(rest & 127n) | 128;
    this.bytes[this.length++] = Number(rest);
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + bytes));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
