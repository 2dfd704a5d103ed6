import type { ReactNode } from 'react'
import styles from './Icon.module.css'

/** Icons that stand before the sections of a page, drawn like those of icon-paths. */
const paths = {
  calendar: (
    <>
      <rect x="3.25" y="4.5" width="13.5" height="12" rx="1.5" />
      <path d="M3.25 8.25h13.5M7 2.75v3M13 2.75v3" />
    </>
  ),
  server: (
    <>
      <rect x="3.25" y="3.75" width="13.5" height="5" rx="1.25" />
      <rect x="3.25" y="11.25" width="13.5" height="5" rx="1.25" />
      <path d="M6 6.25h.01M6 13.75h.01M9 6.25h4.5M9 13.75h4.5" />
    </>
  ),
  monitor: (
    <>
      <rect x="2.75" y="3.75" width="14.5" height="9.5" rx="1.5" />
      <path d="M7 16.5h6M10 13.25v3.25" />
    </>
  ),
  team: (
    <>
      <circle cx="7.5" cy="7" r="2.75" />
      <path d="M2.5 16c.2-2.9 2.2-4.5 5-4.5s4.8 1.6 5 4.5M12.75 4.4a2.75 2.75 0 0 1 0 5.2M14.25 11.75c2 .5 3.1 2 3.25 4.25" />
    </>
  ),
  wave: <path d="M3 8.75v2.5M6.5 6v8M10 3.5v13M13.5 6.5v7M17 8.75v2.5" />,
  up: <path d="M4.75 12.25L10 7l5.25 5.25" />,
} satisfies Record<string, ReactNode>

export type SectionIconName = keyof typeof paths

/** Decorative, 16 px: the word beside it says the same. */
export function SectionIcon({ name }: { name: SectionIconName }) {
  return (
    <svg className={`${styles.icon} ${styles.m}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {paths[name]}
    </svg>
  )
}
