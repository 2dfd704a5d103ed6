import { SegmentedControl, Select } from '@mantine/core'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptFile } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button, EmptyState, ErrorState, Icon, Loading, PageHead } from '../../ui/index.ts'
import { BackupList } from './BackupList.tsx'
import type { Hearing } from './hearing.ts'
import { PhoneRecordDialog } from './PhoneRecordDialog.tsx'
import { stop } from './player.ts'
import { RemovePrompt } from './RemovePrompt.tsx'
import { UploadStrip } from './UploadStrip.tsx'
import { useVoiceFiles } from './use-voice-files.ts'
import { VoiceEditor } from './VoiceEditor.tsx'
import { VoiceTable } from './VoiceTable.tsx'
import styles from './voice-files.module.css'

/** What the drawer is open for. `start`: where the sound comes from. */
interface Editing {
  key: number
  prompt: PromptFile | null
  start: File | 'microphone' | 'copy' | null
}

const sounds = 'audio/*,video/webm,.wav,.mp3,.m4a,.ogg,.oga,.opus,.flac,.webm'

/** Announcements that the telephone system plays to callers. */
export function VoiceFilesPage() {
  const { t } = useTranslation(['voice', 'common'])
  const { clock } = useTimeText()
  const voice = useVoiceFiles()
  const { connection, query } = voice
  const [hearing, setHearing] = useState<Hearing>('phone')
  const [editing, setEditing] = useState<Editing | null>(null)
  const [removing, setRemoving] = useState<PromptFile | null>(null)
  const [ringing, setRinging] = useState(false)
  const [isOver, setIsOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const opened = useRef(0)
  useEffect(() => stop, [])

  const edit = (prompt: PromptFile | null, start: Editing['start']) => {
    stop()
    opened.current += 1
    setEditing({ key: opened.current, prompt, start })
  }
  const close = () => {
    stop()
    setEditing(null)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const [file] = event.dataTransfer.files
    if (file) edit(null, file)
  }

  if (voice.isKnown && connection === null)
    return (
      <div className={styles.page}>
        <PageHead title={t('voice:title')} />
        {voice.recorders.length > 0 && <RecorderHint onRing={() => setRinging(true)} />}
        <EmptyState icon="wave" title={t('voice:none')} text={t('voice:noneText')} />
        {ringing && <PhoneRecordDialog recorders={voice.recorders} onClose={() => setRinging(false)} />}
      </div>
    )

  const list = query.data
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={styles.page}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setIsOver(false)
      }}
      onDrop={onDrop}
    >
      <PageHead title={t('voice:title')}>
        {list && (
          <span className={`${styles.checked} meta muted num`}>
            {t('voice:checked', { count: list.prompts.length, clock: clock(list.checkedAt) })}
          </span>
        )}
        {voice.libraries.length > 1 && (
          <Select
            aria-label={t('voice:connection')}
            className={styles.connection}
            data={voice.libraries.map(({ id }) => id)}
            value={connection}
            allowDeselect={false}
            onChange={(value) => {
              close()
              voice.choose(value)
            }}
          />
        )}
        <span className="grow" />
        <SegmentedControl
          aria-label={t('voice:hearing.label')}
          value={hearing}
          onChange={(value) => {
            stop()
            setHearing(value === 'original' ? 'original' : 'phone')
          }}
          data={(['phone', 'original'] as const).map((value) => ({ value, label: t(`voice:hearing.${value}`) }))}
        />
        <Button
          only
          variant="quiet"
          icon="refresh"
          aria-label={t('voice:refresh')}
          title={t('voice:refresh')}
          busy={query.isFetching}
          onClick={() => void query.refetch()}
        />
        {voice.recorders.length > 0 && (
          <Button icon="phone" onClick={() => setRinging(true)} data-testid="voice-file-by-phone">
            {t('voice:byPhone.open')}
          </Button>
        )}
        <Button
          icon="microphone"
          disabled={!list}
          onClick={() => edit(null, 'microphone')}
          data-testid="voice-file-record"
        >
          {t('voice:record')}
        </Button>
        <Button
          variant="primary"
          icon="upload"
          disabled={!list}
          onClick={() => chooser.current?.click()}
          data-testid="voice-file-add"
        >
          {t('voice:add')}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept={sounds}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) edit(null, file)
            event.target.value = ''
          }}
          data-testid="voice-file-input"
        />
      </PageHead>
      <div className={styles.split}>
        <div className={styles.sheet}>
          <UploadStrip uploads={voice.uploads} />
          {!list ? (
            query.isError ? (
              <ErrorState error={query.error} operation="voice" onRetry={() => void query.refetch()} />
            ) : (
              <Loading rows={6} />
            )
          ) : (
            <>
              {list.prompts.length === 0 ? (
                <EmptyState icon="wave" title={t('voice:empty')} text={t('voice:emptyText')} />
              ) : (
                <VoiceTable
                  connection={list.connection}
                  prompts={list.prompts}
                  hearing={hearing}
                  chosen={editing?.prompt?.id ?? null}
                  onOpen={(prompt) => edit(prompt, 'copy')}
                />
              )}
              <p className={styles.drop} data-over={isOver || undefined}>
                <Icon name="upload" />
                {t('voice:drop')}
              </p>
              <BackupList backups={list.backups} keepDays={voice.keepDays} hearing={hearing} />
            </>
          )}
        </div>
        {editing && list && (
          <VoiceEditor
            key={editing.key}
            connection={list.connection}
            prompt={editing.prompt}
            start={editing.start}
            accept={sounds}
            onRemove={() => setRemoving(editing.prompt)}
            onClose={close}
          />
        )}
      </div>
      {removing && list && (
        <RemovePrompt
          connection={list.connection}
          prompt={removing}
          keepDays={voice.keepDays}
          onRemoved={close}
          onClose={() => setRemoving(null)}
        />
      )}
      {ringing && <PhoneRecordDialog recorders={voice.recorders} onClose={() => setRinging(false)} />}
    </div>
  )
}

function RecorderHint({ onRing }: { onRing(): void }) {
  const { t } = useTranslation('voice')
  return (
    <p className={styles.recorderHint}>
      <Button icon="phone" onClick={onRing} data-testid="voice-file-by-phone">
        {t('byPhone.open')}
      </Button>
    </p>
  )
}
