import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, showToast } from '../../ui/index.ts'
import { isDialable, usePartyWords } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { CrmButton } from '../notes/index.ts'
import { NameForm } from '../pop/index.ts'
import styles from './drawer.module.css'
import { isGoingOn, isOpenMissed, outsideParty } from './history-result.ts'

/** What can be done with a call that is over: ring back, say that it is dealt with, give the number a name. */
export function DrawerActions(props: {
  call: HistoryCall
  live: Call | null
  onPatch(change: Partial<HistoryCall>): void
}) {
  const { t } = useTranslation('calls')
  const { call, live } = props
  const can = useSnapshot('me')?.can
  const dial = useDial()
  const { handle, unhandle, isBusy } = useHandled(call, props.onPatch)
  const [naming, setNaming] = useState(false)
  const party = outsideParty(call)
  const isOver = live ? !isGoingOn(live) : call.result !== 'running'
  if (naming) return <NameForm party={party} onClose={() => setNaming(false)} />
  return (
    <div className={styles.actions}>
      {isOver && isDialable(party) && (
        <Button
          variant="primary"
          icon="phone"
          disabled={can?.dial !== true}
          onClick={() => dial(party.number)}
          data-testid="drawer-call-back"
        >
          {call.direction === 'incoming' ? t('drawer.callBack') : t('drawer.dial')}
        </Button>
      )}
      {isOpenMissed(call) && (
        <Button icon="check" busy={isBusy} onClick={handle} data-testid="drawer-handled">
          {t('drawer.handled')}
        </Button>
      )}
      {call.result === 'missed' && call.handledAt !== null && (
        <Button busy={isBusy} onClick={unhandle}>
          {t('drawer.undo')}
        </Button>
      )}
      <CrmButton call={call} />
      {party.source !== 'extension' && isDialable(party) && (
        <Button icon="person-add" onClick={() => setNaming(true)}>
          {party.name === null ? t('drawer.name') : t('drawer.rename')}
        </Button>
      )}
    </div>
  )
}

/** A missed call is dealt with, or it is not after all. It stays where it stands until the list is opened again. */
function useHandled(call: HistoryCall, onPatch: (change: Partial<HistoryCall>) => void) {
  const { t } = useTranslation(['calls-live', 'common'])
  const words = usePartyWords()
  const unhandling = useMutation({
    mutationFn: () => rpc.calls.unhandle({ callId: call.callId }),
    onSuccess: () => onPatch({ handledAt: null }),
  })
  const handling = useMutation({
    mutationFn: () => rpc.calls.handle({ callId: call.callId }),
    onSuccess: () => {
      onPatch({ handledAt: Date.now() })
      showToast({
        tone: 'done',
        text: t('calls-live:handledDone', { who: words.who(outsideParty(call)) }),
        action: { label: t('common:undo'), run: () => unhandling.mutate() },
      })
    },
  })
  return {
    handle: () => handling.mutate(),
    unhandle: () => unhandling.mutate(),
    isBusy: handling.isPending || unhandling.isPending,
  }
}
