import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { readSnapshot, rpc, useSnapshot } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'
import { beginListening, stopListening } from './listening.ts'

/** The setting that says who supervises from this desk. */
const settingOf = (connection: string) => `connections.${connection}.supervisorExtension`

/**
 * The page is offered where the connection can supervise. A desk that IT locked to "nobody supervises here" has neither
 * page nor entry; one where it is merely not set has both, because the page says how to set it.
 */
export function useIsSupervisorOffered(): boolean {
  const me = useSnapshot('me')
  const locked = useIsLocked()
  return me?.can.supervise === true && (me.supervisor !== null || !locked)
}

/** The policy says who supervises here. */
export function useIsLocked(): boolean {
  const connection = useSnapshot('me', (me) => me?.connection ?? null)
  const locked = useSnapshot('settings', (settings) => settings?.locked)
  if (connection === null || !locked) return false
  const path = settingOf(connection)
  return locked.some((one) => path === one || path.startsWith(`${one}.`))
}

/** What can be done with the call of an agent. The object never changes. */
export interface SupervisorActions {
  listen(agent: Extension): void
  takeOver(agent: Extension): void
  hangUp(agent: Extension): void
}

/** `808 吴凯`. */
export const agentLabel = ({ extension, name }: Pick<Extension, 'extension' | 'name'>) =>
  name === '' ? extension : `${extension} ${name}`

const callOf = ({ extension, remote }: Extension) => ({ extension, remote: remote?.number ?? null })

export function useSupervisorActions(): SupervisorActions {
  const { t } = useTranslation('supervisor')
  const { mutate: listen } = useMutation({
    mutationFn: (agent: Extension) => rpc.supervision.listen(callOf(agent)),
    meta: { operation: 'listen' },
  })
  const { mutate: takeOver } = useMutation({
    mutationFn: (agent: Extension) => rpc.supervision.takeOver(callOf(agent)),
    meta: { operation: 'takeOver' },
  })
  const { mutate: hangUp } = useMutation({
    mutationFn: (agent: Extension) => rpc.supervision.hangUp(callOf(agent)),
    meta: { operation: 'endCall' },
  })
  return useMemo(() => {
    const done = (text: string) => showToast({ tone: 'done', text })
    const supervisor = () => readSnapshot('me')?.supervisor ?? ''
    return {
      listen: (agent) => listen(agent, { onSuccess: () => beginListening(agent) }),
      takeOver: (agent) =>
        takeOver(agent, {
          onSuccess() {
            stopListening(agent.extension)
            done(t('tookOver', { who: agentLabel(agent), supervisor: supervisor() }))
          },
        }),
      hangUp: (agent) => hangUp(agent, { onSuccess: () => done(t('ended', { who: agentLabel(agent) })) }),
    }
  }, [t, listen, takeOver, hangUp])
}
