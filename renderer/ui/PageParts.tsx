import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Explained, useErrorSentence } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import styles from './PageParts.module.css'

/** 56 px head of a page: title, then tools. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </header>
  )
}

/** What this is, why it is empty, one action. */
export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName
  title: string
  text?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} size="nav" />
      <p className={styles.emptyTitle}>{title}</p>
      {text && <p className={styles.emptyText}>{text}</p>}
      {action}
    </div>
  )
}

/** A list or page that could not be loaded: what happened, what to do, details folded, a retry. */
export function ErrorState({
  error,
  operation,
  onRetry,
}: {
  error: unknown
  operation?: string
  onRetry?: () => void
}) {
  const { t } = useTranslation('common')
  const explained = useErrorSentence()(error, operation)
  return (
    <div className={styles.empty} role="alert">
      <Icon name="warn" size="nav" className={styles.bad} />
      <p className={styles.emptyTitle}>{explained.sentence}</p>
      <Details explained={explained} />
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}

/** Technical lines under "详情", only when there are any. */
export function Details({ explained }: { explained: Explained }) {
  const { t } = useTranslation('common')
  if (!explained.details) return null
  return (
    <details className={styles.details}>
      <summary>{t('details')}</summary>
      <p className="mono">{explained.details}</p>
    </details>
  )
}

/** A full-width notice: what happened, what still works, what comes next. */
export function Banner({
  tone,
  title,
  children,
  action,
}: {
  tone: 'info' | 'caution' | 'failed'
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role={tone === 'failed' ? 'alert' : 'status'}>
      <Icon name={tone === 'info' ? 'info' : 'warn'} />
      <div className="grow">
        {title && <b>{title} </b>}
        {children && <span className={styles.bannerText}>{children}</span>}
      </div>
      {action}
    </div>
  )
}

/** Grey bars where rows will be; says "loading" to a screen reader. Shown after 150 ms, so quick answers never flash. */
export function Loading({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation('common')
  return (
    <div className={styles.loading} role="status">
      <span className="vh">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => `bar-${row}`).map((key) => (
        <i key={key} aria-hidden="true" />
      ))}
    </div>
  )
}
