export const USAGE = `Usage:
  asyncdebug run [--threshold MS] [--out FILE] [--snapshot-after MS] [--] PROGRAM [ARGS...]
      Runs a Node.js program and says on stderr what blocks its event loop, and at its end what it still waited for.
        --threshold MS        report what blocks for longer than this (100; 0: report nothing)
        --out FILE            write warnings, snapshots and the exit code to a file, one JSON object a line
        --snapshot-after MS   write a snapshot of all tasks after this time too (needs --out)
      What stands after -- goes to node as it is: run -- --enable-source-maps server.js

  asyncdebug ps|pstree [--json] PID|HOST:PORT
      Shows the tasks of a program that is running: ps as a list, oldest first, pstree with what waits for what.
        --json                print the snapshot as JSON

  asyncdebug --help | --version
`;
