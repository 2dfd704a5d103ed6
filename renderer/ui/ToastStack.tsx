import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import styles from './ToastStack.module.css'
import { dismissToast, type Toast, useToasts } from './toasts.ts'

const doneMs = 6000
const errorMs = 12_000

/** Bottom centre, over everything but dialogs. Waits while the pointer or the focus is on it. */
export function ToastStack() {
  const toasts = useToasts()
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastRow({ toast }: { toast: Toast }) {
  const { t } = useTranslation('common')
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.tone === 'error' ? errorMs : doneMs)
    return () => clearTimeout(timer)
  }, [held, toast.id, toast.tone])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only stops the clock, it does nothing by itself
    <div
      className={`${styles.toast} ${styles[toast.tone]}`}
      data-testid={toast.tone === 'error' ? 'toast-error' : 'toast-done'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.tone === 'error' ? 'warn' : 'check'} />
      <div className="grow">
        <p className={styles.text}>{toast.text}</p>
        {toast.details && (
          <details className={styles.details}>
            <summary>{t('details')}</summary>
            <p className="mono">{toast.details}</p>
          </details>
        )}
      </div>
      {toast.action && (
        <Button
          small
          variant="link"
          onClick={() => {
            toast.action?.run()
            dismissToast(toast.id)
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <Button small only variant="quiet" icon="close" aria-label={t('close')} onClick={() => dismissToast(toast.id)} />
    </div>
  )
}
