import { SegmentedControl } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationInfo } from '../../../preload/contract/index.ts'
import { Button, EmptyState, Field, Icon, useOptionList } from '../../ui/index.ts'
import { findOperations, shortId } from './find-operations.ts'
import { HistoryList } from './HistoryList.tsx'
import styles from './operations.module.css'
import { useOperationWords } from './use-operations.ts'

/** Left column: the operations of a system, found by name, or what was tried before. */
export function OperationList(props: {
  all: readonly OperationInfo[]
  ofSystem: readonly OperationInfo[]
  current: string | null
  onChoose(id: string): void
}) {
  const { t } = useTranslation('operations')
  const [shown, setShown] = useState<'all' | 'history'>('all')
  return (
    <section className={styles.side} aria-label={t('list')}>
      <SegmentedControl
        fullWidth
        aria-label={t('show')}
        value={shown}
        onChange={(value) => setShown(value === 'history' ? 'history' : 'all')}
        data={[
          { value: 'all', label: t('all') },
          { value: 'history', label: t('history') },
        ]}
      />
      {shown === 'history' ? <HistoryList all={props.all} onChoose={props.onChoose} /> : <Finder {...props} />}
    </section>
  )
}

function Finder({
  ofSystem,
  current,
  onChoose,
}: {
  ofSystem: readonly OperationInfo[]
  current: string | null
  onChoose(id: string): void
}) {
  const { t } = useTranslation('operations')
  const [text, setText] = useState('')
  const found = findOperations(ofSystem, text)
  const asked = found.filter((one) => one.direction === 'client')
  const arriving = found.filter((one) => one.direction === 'inbound')
  const rows = [...asked, ...arriving]
  const options = useOptionList(rows.length, true, (index) => {
    const row = rows[index]
    if (row) onChoose(row.id)
  })
  const place = rows.findIndex(({ id }) => id === current)
  const { setActive } = options
  // The arrows begin at the operation that is open, and the list is scrolled to it.
  useEffect(() => {
    if (text === '' && place >= 0) setActive(place)
  }, [text, place, setActive])
  const group = (name: string, list: OperationInfo[], from: number) =>
    list.length > 0 && (
      // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
      <div role="group" aria-label={name}>
        {arriving.length > 0 && (
          <p className={styles.groupName} aria-hidden="true">
            {name}
          </p>
        )}
        {list.map((info, index) => (
          <Row
            key={info.id}
            info={info}
            open={info.id === current}
            active={text !== '' && options.index === from + index}
            option={options.option(from + index)}
          />
        ))}
      </div>
    )
  return (
    <>
      <Field
        {...options.field}
        icon="search"
        label={t('search')}
        placeholder={t('search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          options.setActive(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('')
          // With Ctrl or ⌘ it sends the request.
          else if (!event.ctrlKey && !event.metaKey) options.onKeyDown(event)
        }}
        data-testid="operation-search"
      />
      <div className={styles.list} {...(rows.length > 0 ? { ...options.list, 'aria-label': t('list') } : {})}>
        {group(t('asked'), asked, 0)}
        {group(t('arriving'), arriving, asked.length)}
        {rows.length === 0 && ofSystem.length > 0 && (
          <EmptyState
            icon="search"
            title={t('nothingFound', { text })}
            action={<Button onClick={() => setText('')}>{t('clearSearch')}</Button>}
          />
        )}
      </div>
    </>
  )
}

function Row({
  info,
  open,
  active,
  option,
}: {
  info: OperationInfo
  open: boolean
  active: boolean
  option: ReturnType<ReturnType<typeof useOptionList>['option']>
}) {
  const words = useOperationWords()
  const { t } = useTranslation('operations')
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <div
      {...option}
      ref={row}
      className={styles.row}
      data-open={open || undefined}
      data-active={active || option['aria-selected'] || undefined}
      data-testid="operation-row"
      data-operation={info.id}
    >
      <span className="grow">
        <span className={styles.rowTitle}>{words.title(info)}</span>
        <code className="mono muted" translate="no">
          {shortId(info.id)}
        </code>
      </span>
      {info.changes && (
        <span className={styles.rowMark} title={t('changesShort')}>
          <Icon name="bell" size="s" />
          <span className="vh">{t('changesShort')}</span>
        </span>
      )}
    </div>
  )
}
