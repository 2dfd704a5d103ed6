import type { Call } from '../../../preload/contract/calls.ts'
import { useSnapshot } from '../../rpc/index.ts'

/** What the panel on a card does with whom is chosen. */
export type PanelMode = 'transfer' | 'consult' | 'invite'

/** The call came to my phone and I talk: the only kind in which somebody can be asked, or which can go to a menu. */
export function wasCalledHere(call: Call, myExtension: string | null): boolean {
  return call.legs.some((leg) => leg.extension === myExtension && leg.state === 'talking')
}

/** What can be done with this call besides passing it on blindly. */
export interface TalkOptions {
  consult: boolean
  invite: boolean
  menu: boolean
}

export function useTalkOptions(call: Call | null): TalkOptions {
  const can = useSnapshot('me', (me) => me?.can)
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const talking = call?.state === 'talking' && call.mine
  const here = talking && wasCalledHere(call, myExtension)
  const caller = call?.caller.number !== ''
  return {
    consult: here && can?.consult === true,
    invite: talking && caller && can?.conference === true,
    menu: here && caller && call.direction === 'incoming' && can?.toMenu === true,
  }
}
