import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Call, HistoryCall, HistoryStep } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Drawer, DrawerHeading, Icon, StateWord } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { usePartyWords } from '../calls-live/index.ts'
import { NotesPanel } from '../notes/index.ts'
import { RecordingPlayer } from '../recordings/index.ts'
import { callSteps } from './call-steps.ts'
import { DrawerActions } from './DrawerActions.tsx'
import styles from './drawer.module.css'
import { isGoingOn, outsideParty, talkedSec } from './history-result.ts'
import { historySteps } from './history-steps.ts'
import { useLengthWords } from './length-words.ts'
import { OtherCalls } from './OtherCalls.tsx'
import { useOwnMarks } from './use-own-marks.ts'

/** One call in full: who, what happened, what can be done now, other calls with the same person. */
export function CallDrawer(props: {
  call: HistoryCall
  live: Call | null
  index: number
  count: number
  onMove(index: number): void
  onClose(): void
  /** Something was done with it: the list says so at once. */
  onPatch(change: Partial<HistoryCall>): void
  onPerson(canonical: string): void
}) {
  const { t } = useTranslation('calls')
  const { call, live, index } = props
  const party = outsideParty(call)
  const words = usePartyWords()
  const who = words.who(party)
  useOwnMarks(call, props.onPatch)
  const query = useQuery({
    queryKey: ['history', 'get', call.connection, call.callId, call.row],
    queryFn: () => rpc.history.get({ connection: call.connection, callId: call.callId }),
    enabled: call.row >= 0,
    meta: { operation: 'history' },
  })
  return (
    <Drawer
      id="call-drawer"
      label={t('drawer.label')}
      testId="call-drawer"
      title={who}
      beside={party.company && <span className="cut secondary">{party.company}</span>}
      buttons={
        <>
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
        </>
      }
      onClose={props.onClose}
    >
      <div className="row">
        <span className={`${styles.number} num`}>{words.number(party)}</span>
        {party.home && <span className="meta secondary">{party.home}</span>}
      </div>
      {party.source === 'learned' && <p className="meta muted">{t('drawer.learned')}</p>}
      <DrawerActions call={call} live={live} onPatch={props.onPatch} />
      {(call.result === 'answered' || (call.recording !== null && call.result !== 'running')) && (
        <RecordingPlayer
          key={`${call.connection} ${call.callId}`}
          connection={call.connection}
          callId={call.callId}
          file={call.recording}
          at={call.startedAt}
          who={party.name ?? party.number}
        />
      )}
      <section className={styles.section}>
        <DrawerHeading>{t('drawer.notes')}</DrawerHeading>
        {call.note !== null && (
          <p className={styles.noteText}>
            <span className="muted">{t('drawer.noteOfLog')}</span> {call.note}
          </p>
        )}
        <NotesPanel call={call} party={party} earlier />
      </section>
      <Happened call={call} live={live} steps={query.data?.steps ?? []} />
      {live && live.legs.filter((leg) => leg.businessId !== 'maincall').length > 1 && <Legs call={live} />}
      {party.canonical !== '' && call.row >= 0 && (
        <OtherCalls
          who={who}
          others={query.data?.others}
          isFailed={query.isError}
          onRetry={() => void query.refetch()}
          onAll={() => props.onPerson(party.canonical)}
        />
      )}
    </Drawer>
  )
}

function Happened({ call, live, steps }: { call: HistoryCall; live: Call | null; steps: readonly HistoryStep[] }) {
  const { t, i18n } = useTranslation('calls')
  const length = useLengthWords()
  const clock = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const shown = live && isGoingOn(live) ? callSteps(live) : historySteps(call, steps)
  const talked = talkedSec(call)
  const day = new Intl.DateTimeFormat(i18n.language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  })
  return (
    <section className={styles.section}>
      <DrawerHeading>
        {t('drawer.happened')}
        <span className="num">{day.format(call.startedAt)}</span>
        {talked !== null && <span className="end num">{t('drawer.talked', { time: length(talked * 1000) })}</span>}
      </DrawerHeading>
      <ol className={styles.timeline}>
        {shown.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same step may come twice, and they only grow at the end
          <li key={`${step.key} ${at}`} data-look={step.look}>
            <time className="num">{step.at === null ? '' : clock.format(step.at)}</time>
            <Icon name={step.icon} />
            <span className="cut">
              {t(`step.${step.key}`, { who: step.who ?? '', time: length((step.rangSec ?? 0) * 1000) })}
            </span>
          </li>
        ))}
      </ol>
      <Cause call={call} />
      <p className="meta muted">{t('drawer.callId', { id: call.callId })}</p>
    </section>
  )
}

/** Why it ended, as the manual of the system explains it, else in the system's own words. */
function Cause({ call }: { call: HistoryCall }) {
  const { t, i18n } = useTranslation('calls')
  const { cause } = call
  if (cause === null) return null
  const explained = cause.explained && (i18n.language === 'en' ? cause.explained.en : cause.explained.zh)
  const words = explained ?? cause.text ?? ''
  const code = cause.code === null || cause.code === words ? '' : ` (${cause.code})`
  return <p className="meta secondary">{t('drawer.cause', { words: `${words}${code}`.trim() })}</p>
}

function Legs({ call }: { call: Call }) {
  const { t } = useTranslation(['calls', 'common'])
  const legs = call.legs.filter((leg) => leg.businessId !== 'maincall')
  return (
    <section className={styles.section}>
      <DrawerHeading>{t('drawer.legs')}</DrawerHeading>
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
