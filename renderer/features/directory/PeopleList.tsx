import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryRow } from '../../../preload/contract/index.ts'
import { Button, EmptyState, ErrorState, Icon, Loading } from '../../ui/index.ts'
import styles from './directory.module.css'
import { Highlighted } from './Highlighted.tsx'
import type { DirectoryList, Look } from './use-directory.ts'

const rowHeight = 52
const pageStep = 8

/** The list: only what is visible is drawn and asked for. ↑↓ move, Enter opens, Esc closes. */
export function PeopleList(props: {
  id: string
  list: DirectoryList
  text: string
  look: Look
  index: number
  onChoose(index: number, row: DirectoryRow | undefined): void
  onClose(): void
  onPages(from: number, to: number): void
  onClear(): void
  onNew(): void
}) {
  const { t } = useTranslation('directory')
  const { list, index, onChoose, onPages } = props
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: list.reach,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    initialRect: { width: 0, height: 600 },
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => onPages(from, to), [onPages, from, to])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 })
  }, [props.text, props.look.kind, props.look.group])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the choice scrolls
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [index])

  const onKeyDown = (event: KeyboardEvent) => {
    const last = list.reach - 1
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index < 0 ? 0 : index - 1,
      PageDown: index + pageStep,
      PageUp: index - pageStep,
      Home: 0,
      End: last,
    }
    const wanted = moves[event.key]
    if (wanted !== undefined) {
      const place = Math.min(Math.max(wanted, 0), last)
      onChoose(place, list.rowAt(place))
    } else if (event.key === 'Enter') {
      if (index < 0) onChoose(0, list.rowAt(0))
      else document.getElementById('person-card')?.querySelector<HTMLElement>('[data-first]')?.focus()
    } else if (event.key === 'Escape') props.onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (list.phase === 'failed')
    return (
      <section className={styles.sheet}>
        <ErrorState error={list.error} operation="directory" onRetry={list.retry} />
      </section>
    )
  if (list.phase === 'loading')
    return (
      <section className={styles.sheet}>
        <Loading rows={8} />
      </section>
    )
  return (
    <section className={styles.sheet} aria-label={t('list')} aria-busy={list.isOld || undefined}>
      {props.text !== '' && (
        <p className={styles.found} role="status">
          {list.total > list.reach
            ? t('foundSome', { count: list.total, shown: list.reach })
            : t('found', { count: list.total })}
        </p>
      )}
      {list.reach === 0 ? (
        <Empty {...props} />
      ) : (
        <div ref={scroll} className={styles.scroll} data-old={list.isOld || undefined}>
          <div
            id={props.id}
            className={styles.list}
            role="listbox"
            aria-label={t('list')}
            aria-activedescendant={index >= 0 ? `directory-row-${index}` : undefined}
            tabIndex={0}
            onKeyDown={onKeyDown}
            style={{ height: virtual.getTotalSize() }}
          >
            {items.map((item) => (
              <PersonLine
                key={item.key}
                row={list.rowAt(item.index)}
                index={item.index}
                count={list.reach}
                top={item.start}
                isChosen={item.index === index}
                onChoose={onChoose}
              />
            ))}
          </div>
        </div>
      )}
    </section>
  )
}

function PersonLine(props: {
  row: DirectoryRow | undefined
  index: number
  count: number
  top: number
  isChosen: boolean
  onChoose(index: number, row: DirectoryRow | undefined): void
}) {
  const { t } = useTranslation(['directory', 'common'])
  const { row, index } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
    <div
      id={`directory-row-${index}`}
      className={styles.row}
      role="option"
      tabIndex={-1}
      aria-selected={props.isChosen}
      aria-setsize={props.count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onChoose(index, row)}
      data-testid="directory-row"
      data-kind={row?.kind}
    >
      {row === undefined ? (
        <span className="vh">{t('common:loading')}</span>
      ) : (
        <>
          <span className={styles.face} data-kind={row.kind} aria-hidden="true">
            {row.kind === 'learned' ? <Icon name="history" /> : [...row.name][0]}
          </span>
          <span className={styles.who}>
            <b className="cut">
              <Highlighted text={row.name} ranges={row.match} />
            </b>
            <span className="meta muted cut">
              {row.kind === 'colleague'
                ? t('directory:kindOf.colleague')
                : row.kind === 'learned'
                  ? t('directory:kindOf.learned')
                  : [row.company, row.group].filter(Boolean).join(' · ')}
            </span>
          </span>
          {row.openOpportunities > 0 && (
            <span className={styles.badge}>{t('directory:opportunity.count', { count: row.openOpportunities })}</span>
          )}
          <span className={styles.number}>
            <span className="num cut">{row.display ?? ''}</span>
            {row.numbers > 1 && (
              <span className="meta muted">{t('directory:moreNumbers', { count: row.numbers - 1 })}</span>
            )}
          </span>
        </>
      )}
    </div>
  )
}

function Empty(props: { text: string; look: Look; onClear(): void; onNew(): void }) {
  const { t } = useTranslation('directory')
  if (props.text !== '')
    return (
      <EmptyState
        icon="search"
        title={t('empty.search', { text: props.text })}
        text={t('empty.searchText')}
        action={<Button onClick={props.onClear}>{t('empty.clear')}</Button>}
      />
    )
  const kind = props.look.kind === 'all' ? 'person' : props.look.kind
  return (
    <EmptyState
      icon={kind === 'colleague' ? 'phone' : 'person'}
      title={t(`empty.${kind}`)}
      text={t(`empty.${kind}Text`)}
      action={
        kind === 'person' ? (
          <Button variant="primary" icon="person-add" onClick={props.onNew}>
            {t('new')}
          </Button>
        ) : undefined
      }
    />
  )
}
