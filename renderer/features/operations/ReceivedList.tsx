import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OperationInfo, ReceivedCall } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Loading, StateWord, useNow } from '../../ui/index.ts'
import answer from './answer.module.css'
import styles from './form.module.css'
import { useOperationWords } from './use-operations.ts'

const everyMs = 2000

/** What the other side sent lately, decoded, and what it was answered. Follows by itself. */
export function ReceivedList({ info }: { info: OperationInfo }) {
  const { t } = useTranslation('operations')
  const received = useQuery({
    queryKey: ['operation-received', info.id],
    queryFn: () => rpc.operations.received({ operation: info.id }),
    refetchInterval: everyMs,
  })
  return (
    <section aria-label={t('received')} data-testid="operation-received">
      <header className={styles.receivedHead}>
        <h3 className={styles.subhead}>{t('received')}</h3>
        <Button small variant="quiet" icon="refresh" onClick={() => void received.refetch()}>
          {t('receivedRefresh')}
        </Button>
      </header>
      {received.isPending && <Loading rows={3} />}
      {received.isError && !received.data && (
        <ErrorState error={received.error} onRetry={() => void received.refetch()} />
      )}
      {received.data?.length === 0 && (
        <EmptyState icon="down" title={t('receivedEmpty')} text={t('receivedEmptyText')} />
      )}
      {received.data && received.data.length > 0 && (
        <>
          <ul className={styles.received}>
            {received.data.map((one) => (
              <ReceivedRow key={one.id} one={one} info={info} />
            ))}
          </ul>
          {received.data.some(({ connection }) => connection === null) && (
            <p className="meta muted">{t('receivedMemory')}</p>
          )}
        </>
      )}
    </section>
  )
}

function ReceivedRow({ one, info }: { one: ReceivedCall; info: OperationInfo }) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const values = Object.entries(one.values)
  const worked = one.status === 200
  const meaningOf = (name: string, value: string) => {
    const choice = info.fields.find((field) => field.name === name)?.choices.find((each) => each.value === value)
    return choice && words.meaning(choice)
  }
  return (
    <li data-testid="received-row">
      <header>
        <span className="num">{moment(one.at, Math.max(now, one.at))}</span>
        {one.connection !== null && (
          <span className="meta muted" translate="no">
            {one.connection}
          </span>
        )}
        <span className="grow" />
        <span className="meta muted">{t('weAnswered')}</span>
        <StateWord
          tone={worked ? 'talking' : 'failed'}
          icon={worked ? 'check' : 'warn'}
          word={<span className="num">{one.status}</span>}
        />
        {one.answer !== '' && (
          <code className="mono cut" translate="no" title={one.answer}>
            {one.answer}
          </code>
        )}
      </header>
      {values.length === 0 && <p className="meta muted">{t('nothingCame')}</p>}
      <dl className={answer.fields}>
        {values.map(([name, value]) => (
          <div key={name}>
            <dt className="mono" translate="no">
              {name}
            </dt>
            <dd className={answer.scalar}>
              <code className="mono" translate="no">
                {value}
              </code>
              <span className="muted">{meaningOf(name, value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
