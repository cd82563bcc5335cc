/** Environment variable by which `asyncdebug run` tells the program that it starts what to open. */
export const RUN_VARIABLE = 'NODE_ASYNC_DEBUGGER_RUN';

export interface RunVariable {
  port: number;
  /** Where the inspector's address is to be written. */
  addressFile: string;
  /** Process id of `asyncdebug run`: when it is gone nobody will ever ask. */
  parent: number;
  /** NODE_OPTIONS for the processes that the program starts. */
  nodeOptions: string;
}
