import { Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeText } from '../../../i18n/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Button, Field, Icon } from '../../../ui/index.ts'
import { Panel, SettingRow } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { readWhole } from '../text-values.ts'
import { useSetting } from '../use-setting.ts'

const path = 'history.retentionDays'
const longestDays = 36_500
const lookAgainMs = 700

type Preview = Awaited<ReturnType<typeof rpc.retention.preview>>
/** What goes, in the order in which it matters. */
const counted = ['calls', 'recordings', 'notes', 'followUps', 'names', 'presence'] as const

/** How long calls are kept. What a shorter time deletes is counted and confirmed before it is saved. */
export function RetentionSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const current = settings.values.history.retentionDays
  const setting = useSetting(path, current)
  const [draft, setDraft] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const [asked, setAsked] = useState<{ days: number; preview: Preview } | null>(null)
  const preview = useMutation({
    mutationFn: (days: number) => rpc.retention.preview({ days }),
    meta: { operation: 'settings' },
  })

  const save = async (days: number) => {
    setAsked(null)
    if (await setting.set(days)) setDraft(null)
  }
  const commit = async () => {
    if (draft === null || preview.isPending || asked !== null) return
    const days = readWhole(draft.normalize('NFKC').trim(), 0, longestDays)
    setWrong(days === null)
    if (days === null) return
    if (days === setting.value) return setDraft(null)
    if (days === 0 || (setting.value > 0 && days > setting.value)) return save(days)
    const found = await preview.mutateAsync(days).catch(() => null)
    if (found === null) return
    if (counted.every((what) => found[what] === 0)) return save(days)
    setAsked({ days, preview: found })
  }
  const cancel = () => {
    setAsked(null)
    setDraft(null)
    setWrong(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') void commit()
    if (event.key === 'Escape') cancel()
  }

  return (
    <>
      <Panel title={t('retention.title')} rows={['retentionDays']}>
        <p className={styles.prose}>{t('retention.text')}</p>
        <SettingRow
          id="retentionDays"
          title={t('retention.days')}
          text={t('retention.daysText')}
          state={{ ...setting, saving: setting.saving || preview.isPending }}
          locked={setting.locked}
          problem={wrong ? t('retention.daysError') : null}
          below={<Running isLocked={setting.locked} onStop={() => void save(0)} />}
        >
          <Field
            className={`${styles.text} ${setting.locked ? styles.lockedField : ''}`}
            label={t('retention.days')}
            inputMode="numeric"
            value={draft ?? String(setting.value)}
            readOnly={setting.locked}
            invalid={wrong || setting.error !== null}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={() => void commit()}
            onKeyDown={onKeyDown}
          />
        </SettingRow>
      </Panel>
      {asked && <Confirm {...asked} onCancel={cancel} onYes={() => void save(asked.days)} />}
    </>
  )
}

/** What goes and what stays, by numbers, before anything is saved. */
function Confirm(props: { days: number; preview: Preview; onCancel(): void; onYes(): void }) {
  const { t, i18n } = useTranslation('settings')
  const { preview } = props
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(preview.before)
  const number = new Intl.NumberFormat(i18n.language)
  const value = (what: (typeof counted)[number]) =>
    `${number.format(preview[what])}${what === 'calls' && !preview.isComplete ? '+' : ''}`
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={t('retention.confirmTitle', { date })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      data-testid="retention-confirm"
    >
      <div className={styles.confirm}>
        <dl className={styles.counts}>
          {counted
            .filter((what) => preview[what] > 0)
            .map((what) => (
              <div key={what} data-testid={`retention-${what}`}>
                <dt>{t(`retention.counts.${what}`)}</dt>
                <dd className="num">{value(what)}</dd>
              </div>
            ))}
        </dl>
        <p className="secondary">
          {t('retention.confirmText')}
          {preview.openFollowUps > 0 && ` ${t('retention.keptFollowUps', { count: preview.openFollowUps })}`}
        </p>
        <div className={styles.buttons}>
          <Button data-autofocus onClick={props.onCancel}>
            {t('cancel')}
          </Button>
          <Button variant="danger" onClick={props.onYes} data-testid="retention-yes">
            {t('retention.yes', { count: props.days })}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** While it deletes: how far it is, and a way to keep what is left. */
function Running({ isLocked, onStop }: { isLocked: boolean; onStop(): void }) {
  const { t, i18n } = useTranslation('settings')
  const { clock } = useTimeText()
  const status = useQuery({
    queryKey: ['retention-status'],
    queryFn: () => rpc.retention.status(),
    staleTime: 0,
    refetchInterval: lookAgainMs,
    meta: { operation: 'settings' },
  })
  const { isRunning = false, deleted = 0, failed = null } = status.data ?? {}
  const number = new Intl.NumberFormat(i18n.language)
  if (failed && !isRunning)
    return (
      <p className="row meta" role="alert" data-testid="retention-failed" title={failed.problem.details.reason}>
        <Icon name="warn" size="s" />
        {t('retention.failed', { time: clock(failed.retryAt) })}
      </p>
    )
  if (!isRunning && deleted === 0) return null
  return (
    <p className="row meta secondary" role="status" data-testid="retention-status">
      {t(isRunning ? 'retention.running' : 'retention.done', { count: deleted, number: number.format(deleted) })}
      {isRunning && !isLocked && (
        <Button small onClick={onStop}>
          {t('retention.stop')}
        </Button>
      )}
    </p>
  )
}
