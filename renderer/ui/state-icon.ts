import type { Extension, TileState } from '../../preload/contract/board.ts'
import type { IconName } from './icon-paths.tsx'

const icons: Record<TileState, IconName> = {
  idle: 'circle',
  ringing: 'bell',
  talking: 'phone',
  busy: 'minus-circle',
  reducing: 'half',
  offline: 'slash',
  unregistered: 'unplug',
  stale: 'clock',
}

/** The icon beside a state's word; a running call shows its direction. */
export function stateIcon(state: TileState, direction: Extension['direction'] = null): IconName {
  if (state !== 'talking' || direction === null) return icons[state]
  return direction === 'incoming' ? 'in' : 'out'
}
