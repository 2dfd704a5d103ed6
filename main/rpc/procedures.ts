import { implement } from '@orpc/server'
import { contract } from '../../preload/contract/index.ts'
import type { Log } from '../core/ports/index.ts'
import { rpcError } from './rpc-error.ts'

/** What every procedure knows about who calls. */
export interface RpcContext {
  /** One page load: a port or a socket. */
  client: string
  log: Log
}

/** The contract, ready to be given its handlers; every failure leaves as a typed error. */
export const procedures = implement(contract)
  .$context<RpcContext>()
  .use(async ({ context, path, next }) => {
    try {
      return await next()
    } catch (error) {
      throw rpcError(error, path.join('.'), context.log)
    }
  })
