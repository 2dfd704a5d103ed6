import { useTranslation } from 'react-i18next'
import type { Call, LastContact } from '../../../preload/contract/calls.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Chip, Elapsed, useNow } from '../../ui/index.ts'
import styles from './CallCard.module.css'
import { placesOf, wasDialled } from './card-order.ts'

/** State as a chip: icon, word and running time. Only a call that rings here is solid amber. */
export function CallChip({ call }: { call: Call }) {
  const { t } = useTranslation(['common', 'calls-live'])
  const { clock } = useTimeText()
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const isDialled = wasDialled(call, myExtension)
  if (call.state === 'talking')
    return (
      <Chip tone="talking" icon="phone">
        <span>{t('common:call.talking')}</span> <Elapsed since={call.answeredAt ?? call.startedAt} />
      </Chip>
    )
  if (call.state === 'missed')
    return (
      <Chip tone="missed" icon="missed">
        <span>{t(isDialled ? 'calls-live:notReached' : 'common:call.missed')}</span>{' '}
        <span className="num">{clock(call.startedAt)}</span>
      </Chip>
    )
  if (call.state === 'hungup')
    return (
      <Chip tone="held" icon="check">
        <span>{t('common:call.hungup')}</span>
      </Chip>
    )
  if (isDialled)
    return (
      <Chip tone={call.ringsHere ? 'ringing' : 'held'} icon={call.ringsHere ? 'bell' : 'out'} pulse={call.ringsHere}>
        <span>
          {t(
            call.ringsHere
              ? 'calls-live:ownRings'
              : call.state === 'ringing'
                ? 'calls-live:theirsRings'
                : 'calls-live:dialling',
          )}
        </span>{' '}
        <Elapsed since={call.ringingAt ?? call.startedAt} />
      </Chip>
    )
  return (
    <Chip tone="ringing" icon="bell" pulse>
      <span>{t(call.state === 'ringing' ? 'common:call.ringing' : 'calls-live:incoming')}</span>{' '}
      <Elapsed since={call.ringingAt ?? call.startedAt} />
    </Chip>
  )
}

/** `售前组 → 802`. */
export function CallPath({ call }: { call: Call }) {
  const { t } = useTranslation('calls-live')
  const { group, extensions } = placesOf(call)
  const [first] = extensions
  const places =
    first === undefined
      ? ''
      : extensions.length === 1
        ? first
        : extensions.length === 2
          ? extensions.join('、')
          : t('more', { first, count: extensions.length })
  if (call.direction === 'outgoing')
    return <span className="num">{t('pathFrom', { from: call.caller.display || places })}</span>
  if (!places) return <span className="num">{group}</span>
  return <span className="num">{group ? t('path', { from: group, to: places }) : t('pathTo', { to: places })}</span>
}

/** What helps to say the right thing: last talk, who answered, recent missed calls. Nothing when there is nothing. */
export function CallFacts({ call, className }: { call: Call; className?: string }) {
  const { t } = useTranslation('calls-live')
  const known = call.caller.source !== 'extension' && call.direction !== 'internal'
  const answered = call.state === 'talking' && !call.mine && call.answeredBy !== null
  if (!known && !answered && !call.linkedCallId) return null
  if (!call.lastContact && call.recentMissed === 0 && !answered && !call.linkedCallId) return null
  return (
    <dl className={`${styles.facts} ${className ?? ''}`}>
      {answered && (
        <>
          <dt>{t('fact.answered')}</dt>
          <dd className="cut">
            {t('answeredBy', { who: [call.answeredBy, call.answeredByName].filter(Boolean).join(' ') })}
          </dd>
        </>
      )}
      {call.lastContact && (
        <>
          <dt>{t('fact.last')}</dt>
          <dd className={styles.last}>
            <LastContactWords contact={call.lastContact} />
          </dd>
        </>
      )}
      {call.recentMissed > 0 && (
        <>
          <dt>{t('fact.missed')}</dt>
          <dd className="cut">{t('recentMissed', { count: call.recentMissed })}</dd>
        </>
      )}
      {call.linkedCallId && (
        <>
          <dt>{t('fact.linked')}</dt>
          <dd className="cut">{t('linkedCall')}</dd>
        </>
      )}
    </dl>
  )
}

function LastContactWords({ contact }: { contact: LastContact }) {
  const { t } = useTranslation('calls-live')
  const { ago } = useTimeText()
  const now = useNow(60_000)
  const when = ago(contact.at, Math.max(now, contact.at))
  const who = contact.name ?? contact.extension
  const direction = { incoming: 'lastIncoming', outgoing: 'lastOutgoing', internal: 'lastInternal' } as const
  const words = who ? t(direction[contact.direction], { ago: when, who }) : t('lastNobody', { ago: when })
  return contact.note ? t('lastNote', { contact: words, note: contact.note }) : words
}

/** How long it rang or talked, for a card that has ended. */
export function EndedWords({ call }: { call: Call }) {
  const { t } = useTranslation('calls-live')
  const { clock, span } = useTimeText()
  const endedAt = call.endedAt ?? call.startedAt
  if (call.state === 'missed')
    return (
      <span className="num">
        {call.ringingAt !== null || call.endedAt !== null
          ? t('rangFor', { span: span(endedAt - (call.ringingAt ?? call.startedAt)) })
          : null}
      </span>
    )
  if (call.unconfirmed) return t('unconfirmed', { at: clock(endedAt) })
  if (call.answeredAt === null) return t('endedPlain', { at: clock(endedAt) })
  return t('endedTalk', { at: clock(endedAt), duration: formatDuration(endedAt - call.answeredAt) })
}
