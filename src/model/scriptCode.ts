/** A place in a text, from 1. */
export interface TextPlace {
  line: number;
  column: number;
}

/** A call in a text, at the place that stacks tell of it. */
export interface TextCall extends TextPlace {
  /** As it is written: `JSON.parse`, `list.sort`. */
  name: string;
}

/** What becomes of a call's value, as its text shows it. */
export interface CallUsage {
  /** The call is a statement of its own: nobody can ever get at its value. */
  isDiscarded: boolean;
  /** It stands in an async function that is no generator: `await` could stand before it. */
  isInAsync: boolean;
}

/**
 * What the text of one script leaves of the questions that stacks leave open. It is read by a parser, so that only
 * what is code counts as code. `undefined` and `false` mean that the text does not settle it.
 */
export interface ScriptCode {
  /** The last call that was over before the program came to `place`, if that is certain. */
  lastCallBefore(place: TextPlace): TextCall | undefined;
  /** The calls on a line that may take long; one without a name that could be told is an empty text. */
  callsOn(line: number): string[];
  /** A loop begins at this place: there V8 says that its rounds end. */
  isLoop(place: TextPlace): boolean;
  /**
   * A loop begins at this place and neither its rounds nor what stands before it in its function calls anything.
   * V8 answers when a function is called: what was asked is then answered late for reasons that are not the program's.
   */
  callsNothing(edge: TextPlace): boolean;
  /**
   * What a callback calls that is given away at `made`, if that is one native call and nothing else that may take
   * long. In microtasks it is the callback of a promise, else that of a timer.
   */
  onlyCallOfCallback(made: TextPlace, inMicrotasks: boolean): TextCall | undefined;
  /**
   * What a loop does in each round, if that is one synchronous function of Node and nothing else that can take long.
   * `edge`: where V8 says that a round ends, which is the loop's first word.
   */
  callInEachRound(edge: TextPlace): TextCall | undefined;
  /** What becomes of the value of the call at a place. */
  usage(place: TextPlace): CallUsage | undefined;
  /** What the async function that V8 enters at `head` is given to: `forEach`, `on`, `setInterval`, `new Promise`. */
  givenTo(head: TextPlace): string | undefined;
  /** The only `await` of the function that V8 enters at `head`, its opening parenthesis. */
  onlyAwait(head: TextPlace): TextPlace | undefined;
  /** What the `await` at this place waits for, as it is written: `once(child, 'exit')`. */
  awaited(place: TextPlace): string | undefined;
}
