/**
 * Takes the two lines that Node itself writes to stderr about an inspector connection out of a program's stderr;
 * no option of Node 18 to 26 keeps it from writing them. Each is written once, in one piece, while we are connected,
 * so the first of each is taken out and every other byte goes through as it came.
 */
export class InspectorNoise {
  private held: Buffer = NOTHING;
  private readonly lines = [
    Buffer.from('Debugger attached.\n'),
    Buffer.from('Waiting for the debugger to disconnect...\n'),
  ];

  /** What of the chunk may be passed on. A possible beginning of a line is held until it is clear. */
  take(chunk: Buffer): Buffer {
    let bytes = Buffer.concat([this.held, chunk]);
    this.held = NOTHING;
    for (const line of [...this.lines]) {
      const at = bytes.indexOf(line);
      if (at < 0) continue;
      this.lines.splice(this.lines.indexOf(line), 1);
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + line.length)]);
    }
    const cut = bytes.length - this.beginningAtEnd(bytes);
    this.held = bytes.subarray(cut);
    return bytes.subarray(0, cut);
  }

  /** What is held, when nothing more came that completes it. */
  flush(): Buffer {
    const { held } = this;
    this.held = NOTHING;
    return held;
  }

  private beginningAtEnd(bytes: Buffer): number {
    for (const line of this.lines) {
      for (let length = Math.min(line.length - 1, bytes.length); length > 0; length--) {
        if (bytes.subarray(bytes.length - length).equals(line.subarray(0, length))) return length;
      }
    }
    return 0;
  }
}

const NOTHING = Buffer.alloc(0);
