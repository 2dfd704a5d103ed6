export { fromBase64 } from './bytes-as-base64.ts'
export { arrivals, LinkLostError, rpc, runConnection } from './connection.ts'
export { useExtensionMatches } from './extension-matches.ts'
export { readSnapshot, useCoreAway, useLinkState, useSnapshot } from './snapshots.ts'
