import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, Icon } from '../../ui/index.ts'
import styles from './filters.module.css'

export interface FilterOption {
  value: string
  label: string
}

/** So many options are looked through by eye; more get a field to search in, and the first few of what it finds are shown. */
const mostWithoutSearch = 10
const mostShown = 60

export interface FilterMenuProps {
  /** Names the choice: `方向`. */
  label: string
  /** What stands on the button. */
  shown: string
  isSet: boolean
  value: string
  /** Several may be chosen: these are. Picking one more leaves the menu open. */
  values?: readonly string[]
  options: readonly FilterOption[]
  onPick(value: string): void
  testId: string
  children?: (close: () => void) => ReactNode
}

/**
 * One choice of the filter bar: what it is set to, and on a click everything it can be. Eight of these come with every
 * opening of the page, so that a closed one is a button and nothing else.
 */
export function FilterMenu(props: FilterMenuProps) {
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpened(false)
    button.current?.focus()
  }
  const onLeave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpened(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches where the focus goes
    <div
      className={styles.place}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !opened) return
        event.preventDefault()
        close()
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.choice}
        aria-label={`${props.label}: ${props.shown}`}
        aria-haspopup="dialog"
        aria-expanded={opened}
        data-set={props.isSet || undefined}
        data-testid={props.testId}
        onClick={() => setOpened((before) => !before)}
      >
        <span className="cut">{props.shown}</span>
        <Icon name="down" />
      </button>
      {opened && <Options {...props} close={close} />}
    </div>
  )
}

function Options(props: FilterMenuProps & { close(): void }) {
  const { t } = useTranslation('calls')
  const [typed, setTyped] = useState('')
  const panel = useRef<HTMLDivElement>(null)
  const isLong = props.options.length > mostWithoutSearch
  const word = typed.trim().toLowerCase()
  const isPicked = (value: string) =>
    props.values !== undefined && value !== '' ? props.values.includes(value) : value === props.value
  const found =
    isLong && word !== '' ? props.options.filter(({ label }) => label.toLowerCase().includes(word)) : props.options
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('input, [aria-pressed="true"]')
    ;(first ?? panel.current?.querySelector<HTMLElement>('button'))?.focus()
  }, [])
  return (
    <div ref={panel} className={styles.menu} role="dialog" aria-label={props.label} tabIndex={-1}>
      {isLong && (
        <Field
          icon="search"
          label={t('bar.find', { what: props.label })}
          placeholder={t('bar.find', { what: props.label })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons have the keys, arrows move between them */}
      <div className={styles.options} onKeyDown={moveFocus}>
        {found.slice(0, mostShown).map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={isPicked(value)}
            data-testid={`${props.testId}-${value === '' ? 'any' : value}`}
            onClick={() => {
              props.onPick(value)
              if (props.values === undefined || value === '') props.close()
            }}
          >
            <span className="cut grow">{label}</span>
            {isPicked(value) && <Icon name="check" />}
          </button>
        ))}
        {found.length === 0 && <p className="meta muted">{t('bar.nothing')}</p>}
        {found.length > mostShown && <p className="meta muted">{t('bar.more', { count: found.length - mostShown })}</p>}
      </div>
      {props.children?.(props.close)}
    </div>
  )
}

/** ↑ and ↓ go from button to button. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus()
  event.preventDefault()
}
