import type { ComponentProps, MouseEvent } from 'react'
import styles from './Button.module.css'
import { Icon, type IconName } from './Icon.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  /** One `primary` per card or panel; a second call to action in view is `tonal`. */
  variant?: 'default' | 'primary' | 'tonal' | 'quiet' | 'link' | 'danger'
  small?: boolean
  icon?: IconName
  /** The key that does the same, shown at the end. Only where it works. */
  keys?: string | undefined
  /** Icon only: give `aria-label` too. */
  only?: boolean
  /** Work under way: the button keeps its size and the focus, says so and cannot be pressed again. */
  busy?: boolean
}

/** Enter in a field of a form clicks its button too: nothing is sent a second time. */
function ignore(event: MouseEvent) {
  event.preventDefault()
  event.stopPropagation()
}

export function Button({
  variant = 'default',
  small,
  icon,
  keys,
  only,
  busy,
  className,
  children,
  disabled,
  onClick,
  ...rest
}: ButtonProps) {
  const classes = [styles.btn, styles[variant], small && styles.small, only && styles.only, className]
    .filter(Boolean)
    .join(' ')
  return (
    // A disabled button would lose the focus, and the next key would go to the page.
    <button
      type="button"
      className={classes}
      disabled={disabled}
      aria-disabled={(busy && !disabled) || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? ignore : onClick}
      {...rest}
    >
      {icon && <Icon name={icon} size={small ? 's' : 'm'} />}
      {children}
      {keys && (
        <span className="kbd" aria-hidden="true">
          {keys}
        </span>
      )}
    </button>
  )
}
