import { Menu } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, Icon, SideItem } from '../../ui/index.ts'
import type { Look } from './look.ts'
import type { OwnFilterEntry, OwnFilters } from './use-own-filters.ts'
import styles from './views.module.css'

const longestName = 60

/** A look with a name: one click shows it, its menu renames or removes it. */
export function OwnFilter(props: {
  entry: OwnFilterEntry
  names: ReadonlySet<string>
  isCurrent: boolean
  onChoose(): void
  onRenamed(name: string): void
  actions: OwnFilters
}) {
  const { t } = useTranslation('calls')
  const { entry, actions } = props
  const [renaming, setRenaming] = useState(false)
  if (renaming) {
    return (
      <NameForm
        name={entry.name}
        taken={(name) => name !== entry.name && props.names.has(name)}
        takenWords={t('own.taken')}
        isBusy={actions.isBusy}
        onCancel={() => setRenaming(false)}
        onDone={async (name) => {
          if (name !== entry.name && !(await actions.rename(entry.name, name))) return
          setRenaming(false)
          if (props.isCurrent) props.onRenamed(name)
        }}
      />
    )
  }
  return (
    <div className={styles.own}>
      <SideItem
        isCurrent={props.isCurrent}
        icon={<Icon name="star" />}
        onClick={props.onChoose}
        data-testid="calls-own-filter"
      >
        {entry.name}
      </SideItem>
      {!actions.isLocked && (
        <Menu position="bottom-end">
          <Menu.Target>
            <button
              type="button"
              className={styles.dots}
              aria-label={t('own.menu', { name: entry.name })}
              data-testid="calls-own-menu"
            >
              <Icon name="down" size="s" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setRenaming(true)} data-testid="calls-own-rename">
              {t('own.rename')}
            </Menu.Item>
            <Menu.Item onClick={() => actions.remove(entry)} data-testid="calls-own-remove">
              {t('own.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}

/** Give the look as it stands a name. */
export function SaveFilter(props: {
  suggested: string
  look: Look
  typed: string
  names: ReadonlySet<string>
  actions: OwnFilters
  onSaved(name: string): void
}) {
  const { t } = useTranslation('calls')
  const [naming, setNaming] = useState(false)
  if (!naming) {
    return (
      <SideItem icon={<Icon name="plus" />} onClick={() => setNaming(true)} data-testid="calls-save-filter">
        {t('own.save')}
      </SideItem>
    )
  }
  return (
    <NameForm
      name={props.suggested}
      taken={(name) => props.names.has(name)}
      takenWords={t('own.replaces')}
      mayTake
      isBusy={props.actions.isBusy}
      onCancel={() => setNaming(false)}
      onDone={async (name) => {
        if (!(await props.actions.save(name, props.look, props.typed))) return
        setNaming(false)
        props.onSaved(name)
      }}
    />
  )
}

function NameForm(props: {
  name: string
  taken(name: string): boolean
  takenWords: string
  /** A taken name is replaced, and only said so. */
  mayTake?: boolean
  isBusy: boolean
  onCancel(): void
  onDone(name: string): void
}) {
  const { t } = useTranslation(['calls', 'common'])
  const [typed, setTyped] = useState(props.name)
  const form = useRef<HTMLFormElement>(null)
  const name = typed.trim()
  const isTaken = props.taken(name)
  const mayDo = name !== '' && (!isTaken || props.mayTake === true)
  return (
    <form
      ref={form}
      className={styles.naming}
      onSubmit={(event) => {
        event.preventDefault()
        if (mayDo) props.onDone(name)
      }}
    >
      <Field
        label={t('calls:own.name')}
        placeholder={t('calls:own.name')}
        value={typed}
        maxLength={longestName}
        autoFocus
        invalid={isTaken && props.mayTake !== true}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          props.onCancel()
        }}
        data-testid="calls-filter-name"
      />
      {isTaken && (
        <p className="meta secondary" role="status">
          {props.takenWords}
        </p>
      )}
      <div className={styles.namingActions}>
        <Button
          small
          type="submit"
          variant="primary"
          busy={props.isBusy}
          disabled={!mayDo}
          data-testid="calls-filter-save"
        >
          {t('common:save')}
        </Button>
        <Button small type="button" onClick={props.onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  )
}
