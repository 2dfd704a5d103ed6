import styles from './Icon.module.css'
import { type IconName, iconPaths } from './icon-paths.tsx'

export type { IconName } from './icon-paths.tsx'

/** Decorative: the word beside it says the same. `m` 16 px, `s` 14 px, `nav` 20 px. */
export function Icon({
  name,
  size = 'm',
  className,
}: {
  name: IconName
  size?: 's' | 'm' | 'nav'
  className?: string
}) {
  return (
    <svg
      className={`${styles.icon} ${styles[size]} ${className ?? ''}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {iconPaths[name]}
    </svg>
  )
}
