import { SegmentedControl } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportKind, ImportProgress } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { Banner, Button, Details, Icon } from '../../ui/index.ts'
import styles from './import.module.css'
import { RecentImports } from './RecentImports.tsx'
import { actions, type Wizard } from './wizard.ts'

/** Choose a file, drop it, or paste what was copied in a spreadsheet. */
export function StepFile({ wizard, imports }: { wizard: Wizard; imports: readonly ImportProgress[] }) {
  const { t } = useTranslation('imports')
  const explain = useErrorSentence()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const isBusy = wizard.uploading !== null || wizard.inspecting
  const take = (file: File | undefined | null) => {
    if (file) void actions.chooseFile(file)
  }
  const pastedName = t('file.pasted')
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      // Spreadsheets put a picture of the cells beside their text.
      const isPicture = file?.type.startsWith('image/') && text.trim() !== ''
      if (file && !isPicture) void actions.chooseFile(file)
      else if (text.trim() !== '') void actions.paste(text, pastedName)
      else return
      event.preventDefault()
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [pastedName])
  const explained = wizard.problem === null ? null : explain(wizard.problem, 'import')
  return (
    <div className={`${styles.work} ${styles.narrow}`}>
      <div className={styles.row}>
        <SegmentedControl
          aria-label={t('kind.label')}
          value={wizard.kind}
          onChange={(kind) => actions.chooseKind(kind as ImportKind)}
          data={[
            { value: 'contacts', label: t('kind.contacts') },
            { value: 'opportunities', label: t('kind.opportunities') },
          ]}
        />
        <span className="secondary">
          {t(wizard.kind === 'contacts' ? 'kind.contactsText' : 'kind.opportunitiesText')}
        </span>
      </div>
      {explained && (
        <div data-testid="import-problem">
          <Banner tone="failed" title={wizard.name}>
            {explained.sentence}
            <Details explained={explained} />
          </Banner>
        </div>
      )}
      <section
        className={`${styles.panel} ${styles.drop} ${isOver ? styles.dropOver : ''}`}
        aria-label={t('drop.label')}
        data-testid="import-drop"
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <Icon name="file" size="nav" />
        {isBusy ? (
          <>
            <p className={styles.dropTitle} role="status">
              {t(wizard.uploading !== null && wizard.uploading < 1 ? 'drop.copying' : 'drop.reading', {
                name: wizard.name,
              })}
            </p>
            <progress
              className={styles.bar}
              aria-label={wizard.name}
              max={1}
              {...(wizard.uploading !== null && wizard.uploading < 1 && { value: wizard.uploading })}
            />
            <Button onClick={actions.cancelCheck}>{t('cancel')}</Button>
          </>
        ) : (
          <>
            <p className={styles.dropTitle}>{t('drop.title')}</p>
            <p className="muted">{t('drop.text')}</p>
            <Button variant="primary" onClick={() => input.current?.click()} data-testid="import-choose">
              {t('drop.choose')}
            </Button>
          </>
        )}
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          accept=".csv,.txt,.tsv,.xlsx,.xlsm,.xls"
          aria-label={t('drop.choose')}
          data-testid="import-file"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </section>
      <RecentImports imports={imports} />
    </div>
  )
}
