import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './StateWord.module.css'

/** What colours a word: the eight tile states and three more for lists. */
export type Tone =
  | 'idle'
  | 'ringing'
  | 'talking'
  | 'busy'
  | 'reducing'
  | 'offline'
  | 'unregistered'
  | 'stale'
  | 'plain'
  | 'failed'
  | 'caution'

/** Icon and word in the state's colour, 12 px. Children follow (timer, since). */
export function StateWord({
  tone,
  icon,
  word,
  children,
}: {
  tone: Tone
  icon: IconName
  word: ReactNode
  children?: ReactNode
}) {
  return (
    <span className={`${styles.state} ${styles[tone]}`}>
      <Icon name={icon} size="s" />
      <span className="cut">{word}</span>
      {children}
    </span>
  )
}

/** 20 px chip on a card. Only `ringing` is solid in the whole program. */
export function Chip({
  tone,
  icon,
  pulse,
  children,
}: {
  tone: 'ringing' | 'talking' | 'held' | 'missed'
  icon: IconName
  pulse?: boolean
  children: ReactNode
}) {
  return (
    <span className={`${styles.chip} ${styles[`chip-${tone}`]} ${pulse ? styles.pulse : ''}`}>
      <Icon name={icon} size="s" />
      {children}
    </span>
  )
}

/** Small neutral label: "我", "已锁定". */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>
}
