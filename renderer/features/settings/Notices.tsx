import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Notice } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Banner, Button } from '../../ui/index.ts'
import styles from './settings.module.css'

/** Things that everybody must see once: a set-aside database, a wrong settings file. Each can be put away. */
export function Notices() {
  const notices = useSnapshot('status')?.notices ?? []
  if (notices.length === 0) return null
  return (
    <div className={styles.notices} data-testid="notices">
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

/** What is merely worth knowing is grey; what asks for somebody is not. */
function toneOf(kind: Notice['kind']): 'info' | 'caution' | 'failed' {
  if (kind === 'listener-restarted' || kind === 'database-restored') return 'info'
  return kind === 'settings-invalid' || kind === 'policy-invalid' ? 'caution' : 'failed'
}

function NoticeRow({ notice }: { notice: Notice }) {
  const { t } = useTranslation('settings')
  const dismiss = useMutation({ mutationFn: () => rpc.settings.dismissNotice({ id: notice.id }) })
  // What the core did not say stands as a dash, never as {{braces}}.
  const params = { file: '—', field: '—', reason: '—', ...notice.params }
  return (
    <div data-testid="notice" data-kind={notice.kind}>
      <Banner
        tone={toneOf(notice.kind)}
        title={t(`notice.${notice.kind}.title`)}
        action={
          <Button small variant="quiet" busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t('notice.dismiss')}
          </Button>
        }
      >
        {t(`notice.${notice.kind}.text`, params)}
      </Banner>
    </div>
  )
}
