import { Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../../rpc/index.ts'
import { Button, showToast } from '../../../ui/index.ts'
import { Panel, SettingRow } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { TextSetting } from '../TextSetting.tsx'
import { readWhole } from '../text-values.ts'

const usageKey = ['recordings-usage'] as const

/** How many recordings stay on this PC, for how long; and away with them. */
export function RecordingsSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const usage = useQuery({ queryKey: usageKey, queryFn: () => rpc.recordings.usage(), staleTime: 0 })
  const [asking, setAsking] = useState(false)
  const clear = useMutation({
    mutationFn: () => rpc.recordings.clear(),
    meta: { operation: 'recordings' },
    onSuccess: ({ files }) => {
      setAsking(false)
      showToast({ tone: 'done', text: t('recordings.cleared', { count: files }) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: usageKey }),
  })
  const { cacheMb, keepDays } = settings.values.recordings
  const { files = 0, bytes = 0 } = usage.data ?? {}
  return (
    <>
      <Panel title={t('recordings.title')} rows={['recordingRoom', 'recordingDays', 'recordingUsage']}>
        <p className={styles.prose}>{t('recordings.text')}</p>
        <TextSetting
          id="recordingRoom"
          path="recordings.cacheMb"
          numeric
          current={cacheMb}
          title={t('recordings.room')}
          text={t('recordings.roomText')}
          wrong={t('recordings.roomError')}
          read={(text) => readWhole(text, 10, 1_000_000)}
        />
        <TextSetting
          id="recordingDays"
          path="recordings.keepDays"
          numeric
          current={keepDays}
          title={t('recordings.days')}
          text={t('recordings.daysText')}
          wrong={t('recordings.daysError')}
          read={(text) => readWhole(text, 0, 3650)}
        />
        <SettingRow
          id="recordingUsage"
          title={t('recordings.now')}
          text={
            usage.data
              ? t('recordings.usage', { count: files, size: (bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0) })
              : '…'
          }
        >
          <Button disabled={files === 0} onClick={() => setAsking(true)} data-testid="recordings-clear">
            {t('recordings.clear')}
          </Button>
        </SettingRow>
      </Panel>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t('recordings.clearTitle')}
          closeButtonProps={{ 'aria-label': t('cancel') }}
        >
          <div className={styles.confirm}>
            <p className="secondary">{t('recordings.clearText')}</p>
            <div className={styles.buttons}>
              <Button data-autofocus onClick={() => setAsking(false)}>
                {t('cancel')}
              </Button>
              <Button
                variant="danger"
                busy={clear.isPending}
                onClick={() => clear.mutate()}
                data-testid="recordings-clear-yes"
              >
                {t('recordings.clear')}
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </>
  )
}
