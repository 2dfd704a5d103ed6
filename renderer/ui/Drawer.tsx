import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import styles from './Drawer.module.css'

/** One thing of a list in full, to the right of it; over it where the window is narrow. */
export function Drawer(props: {
  id?: string
  label: string
  testId: string
  title: ReactNode
  /** Beside the title. */
  beside?: ReactNode
  /** Buttons before the one that closes. */
  buttons?: ReactNode
  /** The list needs its width: the drawer lies over it sooner. */
  overlayEarly?: boolean
  onClose(): void
  children: ReactNode
}) {
  const { t } = useTranslation('common')
  return (
    <aside
      id={props.id}
      className={styles.drawer}
      aria-label={props.label}
      data-testid={props.testId}
      data-overlay={props.overlayEarly ? 'early' : undefined}
    >
      <header className={styles.head}>
        <h2 className={`${styles.title} cut`}>{props.title}</h2>
        {props.beside}
        <span className="grow" />
        {props.buttons}
        <Button only variant="quiet" icon="close" aria-label={t('close')} onClick={props.onClose} />
      </header>
      <div className={styles.body}>{props.children}</div>
    </aside>
  )
}

/** A small heading inside a drawer. */
export function DrawerHeading({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h3 id={id} className={styles.heading}>
      {children}
    </h3>
  )
}
