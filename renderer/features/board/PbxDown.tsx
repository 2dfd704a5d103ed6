import { useTranslation } from 'react-i18next'
import { useErrorSentence, useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Banner, Details, useNow } from '../../ui/index.ts'
import styles from './BoardPane.module.css'

/** The PBX does not answer: since when, what still works, what comes next. Under the tiles, so none of them moves. */
export function PbxDown() {
  const connectionId = useSnapshot('board')?.connection
  const connection = useSnapshot('status')?.connections.find((one) => one.id === connectionId)
  if (connection?.state !== 'down') return null
  return <Down since={connection.since} everAnswered={connection.lastOkAt !== null} problem={connection.problem} />
}

function Down({ since, everAnswered, problem }: { since: number; everAnswered: boolean; problem: unknown }) {
  const { t } = useTranslation('board')
  const { span, clock } = useTimeText()
  const now = useNow()
  const explained = useErrorSentence()(problem ?? { code: 'unreachable' })
  return (
    <div className={styles.down} data-testid="pbx-down">
      <Banner
        tone="failed"
        title={everAnswered ? t('down', { span: span(now - since), at: clock(since) }) : t('downNever')}
      >
        {everAnswered ? t('downText') : explained.sentence}
        <Details explained={explained} />
      </Banner>
    </div>
  )
}
