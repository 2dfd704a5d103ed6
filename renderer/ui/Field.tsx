import type { ComponentProps, ReactNode, Ref } from 'react'
import styles from './Field.module.css'
import { Icon, type IconName } from './Icon.tsx'

export interface FieldProps extends ComponentProps<'input'> {
  /** Accessible name. */
  label: string
  icon?: IconName
  /** At the end of the field: a key hint, a small button, a word. */
  trailing?: ReactNode
  /** 40 px high, title size: the dial field. */
  large?: boolean
  invalid?: boolean
  boxRef?: Ref<HTMLDivElement>
}

/** A text field with a 3 : 1 border, an icon in front and something small behind. Props go to the input. */
export function Field({ label, icon, trailing, large, invalid, boxRef, className, ...input }: FieldProps) {
  return (
    <div
      ref={boxRef}
      className={`${styles.field} ${large ? styles.large : ''} ${invalid ? styles.invalid : ''} ${className ?? ''}`}
    >
      {icon && <Icon name={icon} />}
      <input autoComplete="off" spellCheck={false} aria-label={label} aria-invalid={invalid || undefined} {...input} />
      {trailing}
    </div>
  )
}
