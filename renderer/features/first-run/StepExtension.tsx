import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../../i18n/index.ts'
import { Button, Details, Field, Icon, Loading, useOptionList } from '../../ui/index.ts'
import { type ListedExtension, matchingExtensions } from './extension-filter.ts'
import { StepPicture } from './StepPicture.tsx'
import styles from './steps.module.css'
import type { Wizard } from './use-wizard.ts'

/** Step 2: which of the PBX's own extensions is mine? Without a list it is typed. */
export function StepExtension({ wizard, onNext }: { wizard: Wizard; onNext: () => void }) {
  const { t } = useTranslation('first-run')
  const explain = useErrorSentence()
  const { answer, test, save } = wizard
  const asked = test.isPending || answer !== null || wizard.address.trim() === ''
  const { check } = wizard
  // A connection that IT has set was not checked by hand: ask for its list now. Once only, whatever comes back.
  const [first] = useState(() => () => void check(true))
  useEffect(() => {
    if (!asked) first()
  }, [asked, first])

  return (
    <>
      <StepPicture kind="extension" extension={wizard.extension || undefined} />
      {test.isPending && <Loading rows={4} />}
      {answer?.ok && answer.extensions.length > 0 && (
        <ExtensionList rows={answer.extensions} wizard={wizard} onNext={onNext} />
      )}
      {answer?.ok && answer.extensions.length === 0 && <p className={styles.hint}>{t('extension.noneAtAll')}</p>}
      {!test.isPending && !(answer?.ok && answer.extensions.length > 0) && <TypedExtension wizard={wizard} />}
      {save.error && (
        <div className={`${styles.result} ${styles.trouble}`} role="alert">
          <Icon name="warn" />
          <div className="grow">
            <b>{explain(save.error, 'settings').sentence}</b>
            <Details explained={explain(save.error, 'settings')} />
          </div>
        </div>
      )}
    </>
  )
}

function ExtensionList({ rows, wizard, onNext }: { rows: ListedExtension[]; wizard: Wizard; onNext: () => void }) {
  const { t } = useTranslation('first-run')
  const [text, setText] = useState('')
  const shown = useMemo(() => matchingExtensions(rows, text), [rows, text])
  const chosen = rows.find((row) => row.extension === wizard.extension)
  const list = useOptionList(shown.length, true, (index) => {
    const row = shown[index]
    // Enter on what is already chosen goes on: one key for both.
    if (row?.extension === wizard.extension) onNext()
    else if (row && !wizard.locked.extension) wizard.setExtension(row.extension)
  })

  return (
    <>
      <Field
        {...list.field}
        label={t('extension.filter')}
        placeholder={t('extension.filter')}
        icon="search"
        value={text}
        onKeyDown={list.onKeyDown}
        onChange={(event) => {
          setText(event.target.value)
          list.setActive(0)
        }}
        trailing={<span className="meta muted num">{t('extension.count', { count: rows.length })}</span>}
      />
      <ul {...list.list} className={styles.extensions} aria-label={t('extension.list')}>
        {shown.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys (combobox pattern)
          <li
            key={row.extension}
            {...list.option(index)}
            onClick={() => !wizard.locked.extension && wizard.setExtension(row.extension)}
            data-active={index === list.index || undefined}
            data-chosen={row.extension === wizard.extension || undefined}
            data-testid={`first-run-extension-${row.extension}`}
          >
            <Icon name={row.extension === wizard.extension ? 'check-circle' : 'circle'} />
            <span className={`${styles.number} num`}>{row.extension}</span>
            <span className="cut grow">{row.name}</span>
            <span className="meta muted">
              {row.registered ? t('extension.registered') : t('extension.unregistered')}
            </span>
            {row.extension === wizard.extension && <span className="vh">{t('extension.chosen')}</span>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles.hint}>{t('extension.none', { text })}</p>}
      {wizard.locked.extension && <p className={`${styles.hint} meta muted`}>{t('locked')}</p>}
      {chosen && !chosen.registered && (
        <p className={`${styles.hint} meta muted`}>
          {t('extension.unregisteredHint', { extension: chosen.extension })}
        </p>
      )}
    </>
  )
}

function TypedExtension({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation('first-run')
  return (
    <>
      {wizard.answer?.ok === false && <p className={`${styles.lineAbove} secondary`}>{t('extension.failed')}</p>}
      <div className={styles.inputRow}>
        <Field
          large
          className={styles.grow}
          label={t('extension.manual')}
          placeholder="802"
          inputMode="numeric"
          maxLength={20}
          value={wizard.extension}
          disabled={wizard.locked.extension}
          onChange={(event) => wizard.setExtension(event.target.value.trim())}
        />
        <Button
          className={styles.tall}
          icon="refresh"
          onClick={() => void wizard.check(true)}
          disabled={wizard.address.trim() === ''}
        >
          {t('extension.retry')}
        </Button>
      </div>
      <p className={`${styles.hint} meta muted`}>{wizard.locked.extension ? t('locked') : t('extension.manualHint')}</p>
    </>
  )
}
