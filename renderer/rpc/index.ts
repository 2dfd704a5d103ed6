export { LinkLostError, rpc, runConnection } from './connection.ts'
export { readSnapshot, useLinkState, useSnapshot } from './snapshots.ts'
