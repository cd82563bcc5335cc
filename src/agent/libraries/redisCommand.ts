/** `GET cart`: a command and the key that it is for, without what stands behind the last colon and without values. */
export function redisCommand(command: unknown, args: unknown): string {
  if (typeof command !== 'string') return '';
  const name = command.toUpperCase();
  const key: unknown = Array.isArray(args) ? args[0] : undefined;
  if (!HAS_KEY.test(name) || typeof key !== 'string') return name;
  const colon = key.lastIndexOf(':');
  return `${name} ${colon < 0 ? key : `${key.slice(0, colon)}:…`}`;
}

/** Commands whose first argument is a key. */
const HAS_KEY =
  /^(?:APPEND|BITCOUNT|BITFIELD|BITPOS|BL(?:POP|MOVE|MPOP)|BR(?:POP|POPLPUSH)|BZ(?:POPMAX|POPMIN)|DECR(?:BY)?|DEL|EXISTS|EXPIRE(?:AT|TIME)?|GEO\w+|GET(?:BIT|DEL|EX|RANGE|SET)?|H(?:DEL|EXISTS|GET|GETALL|INCRBY|INCRBYFLOAT|KEYS|LEN|MGET|MSET|SCAN|SET|SETNX|VALS)|INCR(?:BY|BYFLOAT)?|L(?:INDEX|INSERT|LEN|MOVE|POP|POS|PUSH|PUSHX|RANGE|REM|SET|TRIM)|MGET|PERSIST|PEXPIRE|PF(?:ADD|COUNT)|PSETEX|PTTL|R(?:POP|POPLPUSH|PUSH|PUSHX)|S(?:ADD|CARD|ISMEMBER|MEMBERS|POP|RANDMEMBER|REM|SCAN)|SET(?:EX|NX|BIT|RANGE)?|STRLEN|TTL|TYPE|UNLINK|X(?:ACK|ADD|AUTOCLAIM|CLAIM|DEL|LEN|PENDING|RANGE|TRIM)|Z(?:ADD|CARD|COUNT|INCRBY|POPMAX|POPMIN|RANGE|RANGEBYSCORE|RANK|REM|SCORE))$/;
