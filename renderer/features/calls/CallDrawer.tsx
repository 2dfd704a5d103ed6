import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Icon, StateWord } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { isDialable, useCallActions, usePartyWords } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { CrmButton, NotesPanel } from '../notes/index.ts'
import { NameForm } from '../pop/index.ts'
import { RecordingPlayer } from '../recordings/index.ts'
import { otherParty } from './call-result.ts'
import { callSteps } from './call-steps.ts'
import styles from './drawer.module.css'
import { EarlierCalls } from './EarlierCalls.tsx'
import { useLengthWords } from './length-words.ts'

/** One call in full: who, what happened, what can be done now, other calls with the same person. */
export function CallDrawer(props: {
  call: Call
  index: number
  count: number
  onMove(index: number): void
  onClose(): void
}) {
  const { t } = useTranslation('calls')
  const { call, index } = props
  const party = otherParty(call)
  const words = usePartyWords()
  const who = words.who(party)
  return (
    <aside id="call-drawer" className={styles.drawer} aria-label={t('drawer.label')} data-testid="call-drawer">
      <header className={styles.head}>
        <h2 className={`${styles.title} cut`}>{who}</h2>
        {party.company && <span className="cut secondary">{party.company}</span>}
        <span className="grow" />
        <Button
          only
          variant="quiet"
          aria-label={t('drawer.previous')}
          disabled={index <= 0}
          onClick={() => props.onMove(index - 1)}
        >
          <SectionIcon name="up" />
        </Button>
        <Button
          only
          variant="quiet"
          icon="down"
          aria-label={t('drawer.next')}
          disabled={index >= props.count - 1}
          onClick={() => props.onMove(index + 1)}
        />
        <Button only variant="quiet" icon="close" aria-label={t('drawer.close')} onClick={props.onClose} />
      </header>
      <div className={styles.body}>
        <div className="row">
          <span className={`${styles.number} num`}>{words.number(party)}</span>
          {party.home && <span className="meta secondary">{party.home}</span>}
        </div>
        {party.source === 'learned' && <p className="meta muted">{t('drawer.learned')}</p>}
        <Actions call={call} />
        {call.state === 'hungup' && call.answeredAt !== null && (
          <RecordingPlayer
            key={call.callId}
            connection={call.connection}
            callId={call.callId}
            file={null}
            at={call.startedAt}
            who={party.name ?? party.number}
          />
        )}
        <section className={styles.section}>
          <h3 className={styles.heading}>{t('drawer.notes')}</h3>
          <NotesPanel key={`${call.connection} ${call.callId}`} call={call} party={party} earlier />
        </section>
        <Happened call={call} />
        {call.legs.filter((leg) => leg.businessId !== 'maincall').length > 1 && <Legs call={call} />}
        {party.canonical !== '' && <EarlierCalls call={call} who={who} />}
      </div>
    </aside>
  )
}

function Actions({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const can = useSnapshot('me')?.can
  const dial = useDial()
  const actions = useCallActions()
  const [naming, setNaming] = useState(false)
  const unhandle = useMutation({ mutationFn: () => rpc.calls.unhandle({ callId: call.callId }) })
  const party = otherParty(call)
  const ended = call.state === 'missed' || call.state === 'hungup'
  const missed = call.state === 'missed' && call.direction === 'incoming'
  if (naming) return <NameForm party={party} onClose={() => setNaming(false)} />
  return (
    <div className={styles.actions}>
      {ended && isDialable(party) && (
        <Button
          variant="primary"
          icon="phone"
          disabled={can?.dial !== true}
          onClick={() => dial(party.number)}
          data-testid="drawer-call-back"
        >
          {call.direction === 'outgoing' ? t('drawer.dial') : t('drawer.callBack')}
        </Button>
      )}
      {missed && call.handledAt === null && (
        <Button icon="check" onClick={() => actions.handle(call)} data-testid="drawer-handled">
          {t('drawer.handled')}
        </Button>
      )}
      {missed && call.handledAt !== null && (
        <Button busy={unhandle.isPending} onClick={() => unhandle.mutate()}>
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

function Happened({ call }: { call: Call }) {
  const { t, i18n } = useTranslation('calls')
  const length = useLengthWords()
  const clock = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        {t('drawer.happened')}
        {call.endedAt !== null && !call.unconfirmed && (
          <span className="end num">{t('drawer.total', { time: length(call.endedAt - call.startedAt) })}</span>
        )}
      </h3>
      <ol className={styles.timeline}>
        {callSteps(call).map((step) => (
          <li key={step.key} data-look={step.look}>
            <time className="num">{step.at === null ? '' : clock.format(step.at)}</time>
            <Icon name={step.icon} />
            <span className="cut">
              {t(`step.${step.key}`, { who: step.who ?? '', time: length((step.rangSec ?? 0) * 1000) })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Legs({ call }: { call: Call }) {
  const { t } = useTranslation(['calls', 'common'])
  const legs = call.legs.filter((leg) => leg.businessId !== 'maincall')
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('drawer.legs')}</h3>
      <ul>
        {legs.map((leg) => (
          <li key={`${leg.businessId} ${leg.extension}`} className={styles.leg}>
            <span className="num muted">{leg.extension}</span>
            <span className="cut grow">{leg.name}</span>
            <StateWord tone={legTone[leg.state]} icon={legIcon[leg.state]} word={t(`common:call.${leg.state}`)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const legTone = { calling: 'plain', ringing: 'ringing', talking: 'talking', hungup: 'plain', missed: 'plain' } as const
const legIcon = { calling: 'phone', ringing: 'bell', talking: 'phone', hungup: 'check', missed: 'missed' } as const
