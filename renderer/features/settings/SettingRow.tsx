import { createContext, type ReactNode, useContext, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/index.ts'
import styles from './settings.module.css'
import type { EntryId } from './settings-entries.ts'
import type { SaveState } from './use-setting.ts'

/** What finding left over; null = everything. */
export const FoundEntries = createContext<ReadonlySet<EntryId> | null>(null)

export function useIsShown(id: EntryId): boolean {
  const found = useContext(FoundEntries)
  return found === null || found.has(id)
}

/** A panel with a title; hidden when finding left none of its rows. */
export function Panel({
  title,
  rows,
  action,
  children,
}: {
  title: ReactNode
  rows: EntryId[]
  action?: ReactNode
  children: ReactNode
}) {
  const found = useContext(FoundEntries)
  const id = useId()
  if (found !== null && !rows.some((row) => found.has(row))) return null
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.panelHead}>
        <h2 id={id} className={styles.panelTitle}>
          {title}
        </h2>
        <span className="grow" />
        {action}
      </header>
      {children}
    </section>
  )
}

/** "由网管设定" with a lock. */
export function LockMark() {
  const { t } = useTranslation('settings')
  return (
    <span className={styles.lock}>
      <Icon name="lock" size="s" />
      {t('lockedByIt')}
    </span>
  )
}

/** What became of a change, beside what was changed. */
export function SaveWord({ state }: { state: SaveState }) {
  const { t } = useTranslation('settings')
  return (
    <span className={styles.saveWord} role="status">
      {state.saving && t('saving')}
      {!state.saving && state.saved && (
        <>
          <Icon name="check" size="s" />
          {t('saved')}
        </>
      )}
    </span>
  )
}

/** An error at its field, technical words folded behind. */
export function FieldError({ state }: { state: SaveState }) {
  if (!state.error) return null
  return (
    <p className={styles.error} role="alert">
      {state.error.sentence}
      {state.error.details && <span className={`${styles.errorDetails} mono`}>{state.error.details}</span>}
    </p>
  )
}

/** One setting: title and one line about it left, its control right. */
export function SettingRow(props: {
  id: EntryId
  title: ReactNode
  text?: ReactNode
  state?: SaveState
  locked?: boolean
  /** An error found here, before anything was sent. */
  problem?: string | null
  children?: ReactNode
  below?: ReactNode
}) {
  if (!useIsShown(props.id)) return null
  return (
    <div className={styles.set} data-testid={`setting-${props.id}`}>
      <div className={styles.setText}>
        <div>{props.title}</div>
        {props.text && <div className="meta muted">{props.text}</div>}
        {props.problem && (
          <p className={styles.error} role="alert">
            {props.problem}
          </p>
        )}
        {!props.problem && props.state && <FieldError state={props.state} />}
      </div>
      {props.state && <SaveWord state={props.state} />}
      {props.locked && <LockMark />}
      {props.children}
      {props.below && <div className={styles.below}>{props.below}</div>}
    </div>
  )
}
