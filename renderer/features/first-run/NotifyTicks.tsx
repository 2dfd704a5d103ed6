import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, Status, TelcrmConnection } from '../../../preload/contract/index.ts'
import { useErrorSentence, useTimeText } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Chip, Icon, useNow } from '../../ui/index.ts'
import { hostOf, SourceActions } from '../settings/index.ts'
import styles from './steps.module.css'
import type { Wizard } from './use-wizard.ts'
import { type TickState, webhookTicks } from './webhook-ticks.ts'

/** Four ticks that land live: port, PBX, first notice, notice of the end. And who else knocked. */
export function NotifyTicks(props: {
  wizard: Wizard
  status: Status
  connection: TelcrmConnection | null
  onLanded(landed: boolean): void
}) {
  const { t } = useTranslation('first-run')
  const { span } = useTimeText()
  const now = useNow()
  const explain = useErrorSentence()
  const { status, connection, wizard, onLanded } = props
  const { listener } = status
  const [since] = useState(() => Date.now())
  const calls = useNewestCalls(listener.lastEventAt)
  const pbx = status.connections.find((one) => one.id === connection?.id) ?? null
  const ticks = webhookTicks(listener, pbx, calls, since)
  const landed = ticks.landedAt !== null
  useEffect(() => onLanded(landed), [landed, onLanded])

  const portWord = {
    listening: 'ok',
    starting: 'waiting',
    'port-taken': 'taken',
    failed: 'failed',
    stopped: 'stopped',
  } as const
  const taken = listener.state === 'port-taken'
  return (
    <section className={styles.panel}>
      <ul aria-live="polite" aria-label={t('notify.ticks')}>
        <Tick
          state={ticks.port}
          title={t(`notify.port.${portWord[listener.state]}`, { port: listener.port })}
          text={taken ? t('notify.port.takenText') : listener.state === 'failed' ? listener.problem : null}
          meta={ticks.port === 'ok' && ticks.first !== 'ok' ? t('notify.port.okMeta') : null}
        />
        <Tick
          state={ticks.pbx}
          title={t(
            `notify.pbx.${connection === null ? 'none' : ticks.pbx === 'ok' ? 'ok' : ticks.pbx === 'trouble' ? 'down' : 'waiting'}`,
          )}
          text={ticks.pbx === 'trouble' && pbx?.problem ? explain(pbx.problem).sentence : null}
          meta={
            ticks.pbx === 'ok' && pbx && connection
              ? t('connect.okMeta', { address: hostOf(connection.baseUrl), latency: pbx.latencyMs ?? '—' })
              : null
          }
        />
        <FirstTick ticks={ticks} lastEventAt={listener.lastEventAt} extension={wizard.extension} />
        <Tick
          state={ticks.end}
          title={t(`notify.end.${ticks.end === 'ok' ? 'ok' : 'waiting'}`)}
          meta={
            ticks.endedAt !== null ? (
              <ClockTime at={ticks.endedAt} />
            ) : ticks.landedAt !== null ? (
              t('notify.end.waited', { time: span(Math.max(0, now - ticks.landedAt)) })
            ) : null
          }
        />
      </ul>
      {status.unknownSources.map((source) => (
        <div key={source.address} className={styles.source}>
          <Icon name="warn" />
          <div className="grow">
            <b className="num">{t('notify.trust', { address: source.address })}</b>
            <p className="meta secondary">{t('notify.trustText', { count: source.count })}</p>
          </div>
          <SourceActions address={source.address} />
        </div>
      ))}
    </section>
  )
}

type Ticks = ReturnType<typeof webhookTicks>

function FirstTick({ ticks, lastEventAt, extension }: { ticks: Ticks; lastEventAt: number | null; extension: string }) {
  const { t } = useTranslation('first-run')
  const { clock } = useTimeText()
  if (ticks.landedAt !== null) {
    return (
      <Tick
        now
        state="ok"
        title={<b>{t('notify.first.ok')}</b>}
        text={ticks.call && <CallSentence call={ticks.call} />}
        meta={
          <Chip tone="talking" icon="check">
            <ClockTime at={ticks.landedAt} />
          </Chip>
        }
      />
    )
  }
  if (lastEventAt !== null) {
    return (
      <Tick state="ok" title={t('notify.first.before')} meta={t('notify.first.lastAt', { time: clock(lastEventAt) })} />
    )
  }
  return (
    <Tick
      state="waiting"
      title={extension ? t('notify.first.waiting', { extension }) : t('notify.first.waitingNoExtension')}
    />
  )
}

/** Who rings whom: number, extension, state, group — so that it can be compared with the telephone in the hand. */
function CallSentence({ call }: { call: Call }) {
  const { t } = useTranslation('first-run')
  const group =
    call.groupName && call.group && call.groupName !== call.group
      ? `${call.groupName}${call.group}`
      : (call.groupName ?? call.group)
  const text = t('notify.first.text', {
    caller: call.caller.display || call.caller.number,
    callee: call.legs.find((leg) => leg.businessId !== 'maincall')?.extension ?? call.callee.display,
    state: t(`notify.state.${call.state}`),
  })
  return (
    <span className="num">
      {text}
      {group && t('notify.first.group', { group })}
    </span>
  )
}

function Tick(props: { state: TickState; title: ReactNode; text?: ReactNode; meta?: ReactNode; now?: boolean }) {
  const icon = props.state === 'ok' ? 'check-circle' : props.state === 'trouble' ? 'warn' : 'circle'
  return (
    <li className={styles.tick} data-state={props.state} data-now={props.now || undefined} data-testid="webhook-tick">
      <Icon name={icon} />
      <div>
        {props.title}
        {props.text && <div className="meta secondary">{props.text}</div>}
      </div>
      <span className="meta muted num">{props.meta}</span>
    </li>
  )
}

/** `10:42:07`: to the second, so that it can be compared with a watch. */
function ClockTime({ at }: { at: number }) {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return <>{format.format(at)}</>
}

/** The newest calls of the store, asked again with each notice: also those that do not pop at this desk. */
function useNewestCalls(lastEventAt: number | null): Call[] {
  const cards = useSnapshot('calls')?.cards
  const query = useQuery({
    queryKey: ['calls', 'newest', lastEventAt, cards],
    queryFn: () => rpc.calls.list({ filter: 'all', limit: 5 }),
    enabled: lastEventAt !== null,
    placeholderData: keepPreviousData,
    // A notice is told at once, its call is in the list a moment later.
    refetchInterval: 500,
  })
  return query.data?.rows ?? []
}
