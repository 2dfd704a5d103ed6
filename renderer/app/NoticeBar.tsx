import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Notice } from '../../preload/contract/status.ts'
import { UnknownSourceBanner } from '../features/settings/index.ts'
import { useReasonText, useTimeText } from '../i18n/index.ts'
import { rpc, useSnapshot } from '../rpc/index.ts'
import { Banner, Button, useNow } from '../ui/index.ts'
import styles from './Frame.module.css'
import { noticeWords } from './notice-words.ts'

const serious: readonly Notice['kind'][] = ['database-quarantined', 'database-from-future', 'storage-failing']

/** What must be seen once: a damaged database, wrong settings, a machine that asks to be trusted. Stays until put away. */
export function NoticeBar({ sources = true }: { sources?: boolean }) {
  const status = useSnapshot('status')
  const notices = status?.notices ?? []
  const unknown = sources ? (status?.unknownSources.length ?? 0) : 0
  if (notices.length + unknown === 0) return null
  return (
    <div className={styles.notices}>
      {unknown > 0 && <UnknownSourceBanner />}
      {notices.slice(0, 3).map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeRow({ notice }: { notice: Notice }) {
  const { t } = useTranslation('app')
  const { moment } = useTimeText()
  const reasonText = useReasonText()
  const now = useNow(60_000)
  const dismiss = useMutation({ mutationFn: () => rpc.settings.dismissNotice({ id: notice.id }) })
  const { key, field } = noticeWords(notice)
  const params = {
    file: '',
    port: '',
    ...notice.params,
    field,
    reason: reasonText(notice.params.reason ?? ''),
    ...(notice.params.from && { from: moment(Date.parse(notice.params.from), now) }),
    ...(notice.params.to && { to: moment(Date.parse(notice.params.to), now) }),
    // A restored database goes back to its backup: that is the time that matters.
    at: moment(notice.params.backupAt ? Date.parse(notice.params.backupAt) : notice.at, Math.max(now, notice.at)),
  }
  return (
    <Banner
      tone={serious.includes(notice.kind) ? 'failed' : 'caution'}
      action={
        <Button small busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
          {t('notice.dismiss')}
        </Button>
      }
    >
      {t(`notice.${key}`, params)}
    </Banner>
  )
}
