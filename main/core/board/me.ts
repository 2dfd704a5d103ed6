import type { Me, Presence } from '../../../preload/contract/index.ts'
import type { Clock, TelephonySystem } from '../ports/index.ts'
import type { BoardState } from './board-state.ts'

/** A presence that the PBX accepted is believed until a poll shows it, at most this long. */
const pendingForMs = 6000

export interface MeState {
  snapshot(): Me
  /** The PBX said yes; show it before the next poll proves it. */
  setPending(extension: string, presence: Presence): void
}

/** The person at this desk: who, in which presence, and what the connection can do for them. */
export function createMe(deps: {
  clock: Clock
  board: BoardState
  system(): TelephonySystem | null
  myExtension(): string | null
  setOthers(): boolean
  supervisor(): string | null
  onChange(): void
}): MeState {
  let pending: { presence: Presence; until: number } | null = null

  return {
    snapshot() {
      const system = deps.system()
      const extension = deps.myExtension()
      const seen = extension === null ? null : deps.board.stateOf(extension)
      const presence = seen?.presence ?? 'unknown'
      if (pending && (pending.presence === presence || deps.clock.mono() > pending.until)) pending = null
      const control = extension === null ? undefined : system?.callControl
      return {
        connection: system?.connection ?? null,
        extension,
        name: seen?.name ?? null,
        presence,
        pendingPresence: pending?.presence ?? null,
        supervisor: system?.supervision === undefined ? null : deps.supervisor(),
        can: {
          dial: control !== undefined,
          dialIp: control?.lines.includes('ip') ?? false,
          hangup: control !== undefined,
          transfer: control !== undefined,
          consult: extension !== null && system?.thirdParty !== undefined,
          conference: extension !== null && system?.conference !== undefined,
          toMenu: extension !== null && system?.voiceMenus !== undefined,
          setPresence: extension !== null && system?.presenceControl !== undefined,
          setOthersPresence: system?.presenceControl !== undefined && deps.setOthers(),
          supervise: system?.supervision !== undefined,
        },
      }
    },
    setPending(extension, presence) {
      if (extension !== deps.myExtension()) return
      pending = { presence, until: deps.clock.mono() + pendingForMs }
      deps.onChange()
      deps.clock.after(pendingForMs + 50, deps.onChange)
    },
  }
}
