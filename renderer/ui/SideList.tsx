import type { ComponentProps, ReactNode } from 'react'
import styles from './SideList.module.css'

/** The column left of a list: what there is to look at with one click. */
export function SideList({ className, ...rest }: ComponentProps<'nav'>) {
  return <nav className={[styles.list, className].filter(Boolean).join(' ')} {...rest} />
}

/** `count` stands at the end. */
export function SideItem({
  isCurrent,
  icon,
  count,
  children,
  ...rest
}: ComponentProps<'button'> & { isCurrent?: boolean; icon: ReactNode; count?: ReactNode }) {
  return (
    <button type="button" className={`${styles.item} goal`} aria-current={isCurrent ? 'true' : undefined} {...rest}>
      {icon}
      <span className="cut">{children}</span>
      {count !== undefined && <span className={`${styles.count} num`}>{count}</span>}
    </button>
  )
}

export function SideHeading({ children }: { children: ReactNode }) {
  return <h2 className={styles.heading}>{children}</h2>
}
