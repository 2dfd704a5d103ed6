import { Popover } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
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

/** One choice of the filter bar: what it is set to, and on a click everything it can be. */
export function FilterMenu(props: {
  /** Names the choice: `方向`. */
  label: string
  /** What stands on the button. */
  shown: string
  isSet: boolean
  value: string
  options: readonly FilterOption[]
  onPick(value: string): void
  testId: string
  children?: (close: () => void) => ReactNode
}) {
  const { t } = useTranslation('calls')
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const close = () => setOpened(false)
  const isLong = props.options.length > mostWithoutSearch
  const word = typed.trim().toLowerCase()
  const found =
    isLong && word !== '' ? props.options.filter(({ label }) => label.toLowerCase().includes(word)) : props.options
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={isLong ? 240 : 'max-content'}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.choice}
          aria-label={`${props.label}: ${props.shown}`}
          data-set={props.isSet || undefined}
          data-testid={props.testId}
          onClick={() => {
            setTyped('')
            setOpened((before) => !before)
          }}
        >
          <span className="cut">{props.shown}</span>
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={props.label} className={styles.menu}>
        {opened && (
          <>
            {isLong && (
              <Field
                icon="search"
                label={t('bar.find', { what: props.label })}
                placeholder={t('bar.find', { what: props.label })}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                data-autofocus
              />
            )}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons have the keys, arrows move between them */}
            <div className={styles.options} onKeyDown={moveFocus}>
              {found.slice(0, mostShown).map(({ value, label }) => (
                <button
                  key={value}
                  type="button"
                  aria-pressed={value === props.value}
                  data-testid={`${props.testId}-${value === '' ? 'any' : value}`}
                  onClick={() => {
                    props.onPick(value)
                    close()
                  }}
                >
                  <span className="cut grow">{label}</span>
                  {value === props.value && <Icon name="check" />}
                </button>
              ))}
              {found.length === 0 && <p className="meta muted">{t('bar.nothing')}</p>}
              {found.length > mostShown && (
                <p className="meta muted">{t('bar.more', { count: found.length - mostShown })}</p>
              )}
            </div>
            {props.children?.(close)}
          </>
        )}
      </Popover.Dropdown>
    </Popover>
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
