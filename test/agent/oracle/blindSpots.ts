/**
 * What the agent cannot know, however much it may spend on stacks. Where a program waits in one of these ways
 * its row may say that it does not know; everywhere else a link that is not known fails the comparison. `zoo`
 * names the program of test/agent/zoo that shows it.
 */
export const BLIND_SPOTS = {
  subclass: { zoo: 'awaits-a-subclass.js', what: 'which instance of a subclass of Promise is awaited' },
  thenable: {
    zoo: 'thenable-that-begins-more.js',
    what: 'what settles a thenable whose `then` begins more than one thing, or in another execution',
  },
  fromSync: {
    zoo: 'for-await-over-promises.js',
    what: 'which promise of a plain iterator `for await` is at',
  },
  queuedRequest: {
    zoo: 'async-generator-queued-requests.js',
    what: 'what a request to an async generator waits for that was made before the last was answered',
  },
  unlearnt: {
    zoo: 'unusual-function-head.js',
    what: 'that an oddly written function is async, until it awaits for the first time',
  },
} as const;

export type BlindSpot = keyof typeof BLIND_SPOTS;
