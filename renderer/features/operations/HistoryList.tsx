import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OperationInfo, OperationTry } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Loading, StateWord, useNow } from '../../ui/index.ts'
import { formValues } from './field-values.ts'
import { shortId } from './find-operations.ts'
import { chooseConnection, setValues } from './operation-store.ts'
import styles from './operations.module.css'
import { historyKey, useHistory, useOperationWords } from './use-operations.ts'

/** The last tries; one click fills the form again. */
export function HistoryList({ all, onChoose }: { all: readonly OperationInfo[]; onChoose(id: string): void }) {
  const { t } = useTranslation('operations')
  const client = useQueryClient()
  const history = useHistory()
  const clear = useMutation({
    mutationFn: () => rpc.operations.clearHistory(),
    onSuccess: () => client.invalidateQueries({ queryKey: historyKey }),
  })
  if (history.isPending) return <Loading rows={4} />
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />
  if (history.data.length === 0)
    return <EmptyState icon="history" title={t('historyEmpty')} text={t('historyEmptyText')} />
  const fill = (one: OperationTry, info: OperationInfo) => {
    setValues(info.id, formValues(info.fields, one.values))
    chooseConnection(info.system, one.connection)
    onChoose(info.id)
  }
  return (
    <>
      <ul className={styles.list} aria-label={t('history')}>
        {history.data.map((one) => {
          const info = all.find(({ id }) => id === one.operation)
          return (
            info && (
              <li key={one.id}>
                <HistoryRow one={one} info={info} onFill={() => fill(one, info)} />
              </li>
            )
          )
        })}
      </ul>
      <div className={styles.sideFoot}>
        <p className="meta muted">{t('historyText')}</p>
        <Button small busy={clear.isPending} onClick={() => clear.mutate()} data-testid="history-clear">
          {t('historyClear')}
        </Button>
      </div>
    </>
  )
}

function HistoryRow({ one, info, onFill }: { one: OperationTry; info: OperationInfo; onFill(): void }) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const worked = one.code === null
  const typed = Object.values(one.values).filter(Boolean).join(' · ')
  return (
    <button type="button" className={styles.row} onClick={onFill} data-testid="history-row" data-operation={info.id}>
      <span className="grow">
        <span className={styles.rowTitle}>{words.title(info)}</span>
        <span className={`${styles.rowLine} mono muted`} translate="no">
          {typed || shortId(info.id)}
        </span>
        <span className={styles.rowLine}>
          <StateWord
            tone={worked ? 'talking' : 'failed'}
            icon={worked ? 'check' : 'warn'}
            word={worked ? t('worked') : t(one.code === 'cancelled' ? 'cancelled' : 'failed')}
          />
          <span className="meta muted num">
            {moment(one.at, Math.max(now, one.at))} · {t('ms', { ms: one.ms })}
          </span>
        </span>
      </span>
    </button>
  )
}
