import type { Extension, TileState } from './board.ts'

/** One word for a tile, most important first: what we do not know, what is not there, what rings, talks, is set. */
export function tileState(extension: Extension, stale: boolean): TileState {
  if (stale || extension.phone === 'unknown') return 'stale'
  if (extension.phone === 'unregistered') return 'unregistered'
  if (extension.phone === 'ringing' || extension.phone === 'talking') return extension.phone
  if (extension.phone === 'offline' || extension.presence === 'offline') return 'offline'
  if (extension.presence === 'busy' || extension.presence === 'reducing') return extension.presence
  return 'idle'
}

/** Smaller is freer: the order of transfer targets. */
export function freeRank(state: TileState): number {
  return ['idle', 'reducing', 'ringing', 'talking', 'busy', 'stale', 'offline', 'unregistered'].indexOf(state)
}
