import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Field, Loading, onceShown, PageHead, useKeys } from '../../ui/index.ts'
import { CallDrawer } from './CallDrawer.tsx'
import { CallTable } from './CallTable.tsx'
import { callKey } from './call-key.ts'
import { readPlace } from './call-place.ts'
import styles from './calls.module.css'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterBar } from './FilterBar.tsx'
import { HourChart } from './HourChart.tsx'
import { everything, type Look, lookOf, sameLook, type View } from './look.ts'
import { SyncStrip } from './SyncStrip.tsx'
import { Totals } from './Totals.tsx'
import { useChartsOpen } from './use-charts-open.ts'
import { type HistoryList, useHistory, useHold } from './use-history.ts'
import type { OwnFilterEntry } from './use-own-filters.ts'
import { type Chosen, ViewList } from './ViewList.tsx'

const searchId = 'calls-search'

/** The call history: what to look at left, the list, and one call's story right. `place` = a call or a person to show, see call-place.ts. */
export function CallsPage({ place = null }: { place?: string | null }) {
  const { t } = useTranslation('calls')
  const mine = useSnapshot('me', (me) => me?.extension ?? null)
  const asked = useMemo(() => (place === null ? null : readPlace(place)), [place])
  const [base, setBase] = useState<Chosen>({ kind: 'view', view: asked ? 'all' : 'today' })
  /** Null = as the chosen entry on the left says. */
  const [changed, setChanged] = useState<Look | null>(() =>
    asked === null || asked.person === null ? null : withPerson({ person: asked.person }),
  )
  const [own, setOwn] = useState<OwnFilterEntry | null>(null)
  const [typed, setTyped] = useState(asked?.number ?? '')
  const [chosen, setChosen] = useState<string | null>(null)
  const baseLook = useMemo(() => (base.kind === 'view' ? lookOf(base.view, mine) : withoutText(own)), [base, mine, own])
  const look = changed ?? baseLook
  const list = useHistory(look, typed)
  const { rows } = list
  const index = useMemo(() => {
    if (chosen !== null) return rows.findIndex((row) => callKey(row) === chosen)
    return -1
  }, [rows, chosen])
  // The call that the address names is opened once it is found.
  const [wanted, setWanted] = useState(asked?.callId ?? null)
  const named = wanted === null ? undefined : rows.find((row) => row.callId === wanted)
  if (named !== undefined) {
    setWanted(null)
    setChosen(callKey(named))
  }
  const call = rows[index] ?? null
  const hold = useHold(list.feed, call !== null)
  const move = useCallback(
    (to: number) => {
      setWanted(null)
      setChosen((before) => (rows[to] ? callKey(rows[to]) : before))
    },
    [rows],
  )
  const [hasCharts, toggleCharts] = useChartsOpen()
  const wasRead = useWasShown(list.phase !== 'loading')
  const close = useCallback(() => setChosen(null), [])
  const clear = () => {
    setTyped('')
    setChanged(null)
  }
  const reset = useCallback(() => setChanged(null), [])
  const showView = useCallback((view: View) => {
    setBase({ kind: 'view', view })
    setChanged(null)
  }, [])
  const showOwn = useCallback((entry: OwnFilterEntry) => {
    setBase({ kind: 'own', name: entry.name })
    setOwn(entry)
    setTyped(entry.filter.text)
    setChanged(null)
  }, [])
  const saved = useCallback(
    (name: string) => {
      setBase({ kind: 'own', name })
      setOwn({ ...look, name, filter: { ...look.filter, text: typed.trim() } })
      setChanged(null)
    },
    [look, typed],
  )
  const onLook = useCallback((to: Look) => setChanged(sameLook(to, baseLook) ? null : to), [baseLook])
  const chart = useMemo(
    () => (hasCharts ? wasRead && <HourChart filter={list.filter} /> : null),
    [hasCharts, wasRead, list.filter],
  )
  useKeys({ '/': () => document.getElementById(searchId)?.focus(), ...(call && { Escape: close }) })

  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <Field
          id={searchId}
          className={styles.search}
          icon="search"
          label={t('search')}
          placeholder={t('searchHint')}
          value={typed}
          maxLength={100}
          trailing={<span className="kbd">/</span>}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped('')
            if (event.key === 'ArrowDown' || event.key === 'Enter') document.getElementById('calls-grid')?.focus()
          }}
          data-testid="calls-search"
        />
        <ExportMenu filter={list.filter} />
      </PageHead>
      <div className={styles.split}>
        <ViewList
          chosen={base}
          look={look}
          isListRead={wasRead}
          typed={base.kind === 'own' && typed === own?.filter.text ? '' : typed}
          onView={showView}
          onOwn={showOwn}
          onSaved={saved}
        />
        <section
          className={styles.sheet}
          aria-label={t('table')}
          aria-busy={list.phase === 'loading' || list.isStale || undefined}
        >
          <FilterBar look={look} onLook={onLook} isChanged={changed !== null} onReset={reset} />
          <SyncStrip />
          <Totals filter={list.filter} isListRead={wasRead} chart={chart} onChart={toggleCharts} />
          <ExtensionHint
            typed={typed}
            look={look}
            onPick={(to) => {
              setTyped('')
              onLook(to)
            }}
          />
          <Sheet
            list={list}
            base={base}
            isNarrow={changed !== null}
            onClear={clear}
            onAll={() => showView('all')}
            index={index}
            onMove={move}
            onClose={close}
            hold={hold}
          />
        </section>
        {call && (
          <CallDrawer
            key={callKey(call)}
            call={call}
            live={list.live.get(callKey(call)) ?? null}
            index={index}
            count={rows.length}
            onMove={move}
            onClose={close}
            onPatch={(change) => list.feed.patch(callKey(call), change)}
            onPerson={(canonical) => {
              setBase({ kind: 'view', view: 'all' })
              setChanged(withPerson({ canonical }))
              setTyped('')
            }}
          />
        )}
      </div>
    </div>
  )
}

/** The list comes first: nothing is counted before its first page is there and drawn. */
function useWasShown(isThere: boolean): boolean {
  const [wasShown, setWasShown] = useState(false)
  useEffect(() => (isThere ? onceShown(() => setWasShown(true)) : undefined), [isThere])
  return wasShown
}

/** Everything there ever was with somebody, or with one number. */
const withPerson = (who: Pick<HistoryFilter, 'person'> | Pick<HistoryFilter, 'canonical'>): Look => ({
  filter: { ...everything, ...who },
  period: null,
})

/** What was typed when it was saved stands in the search field again. */
function withoutText(own: OwnFilterEntry | null): Look {
  if (own === null) return { filter: everything, period: null }
  return { filter: { ...own.filter, text: '' }, period: own.period }
}

/** A short number may be an extension, which the search does not look in: one click says so. */
function ExtensionHint({ typed, look, onPick }: { typed: string; look: Look; onPick(look: Look): void }) {
  const { t } = useTranslation('calls')
  const text = typed.trim()
  const found = useSnapshot('board', (board) => board?.extensions.find(({ extension }) => extension === text))
  if (!found || look.filter.extension === found.extension) return null
  return (
    <p className={styles.hint}>
      <Button
        small
        variant="link"
        onClick={() => onPick({ ...look, filter: { ...look.filter, extension: found.extension } })}
        data-testid="calls-extension-hint"
      >
        {t('onlyExtension', { extension: `${found.extension} ${found.name}`.trim() })}
      </Button>
    </p>
  )
}

function Sheet(props: {
  list: HistoryList
  base: Chosen
  isNarrow: boolean
  onClear(): void
  onAll(): void
  index: number
  onMove(index: number): void
  onClose(): void
  hold: ReturnType<typeof useHold>
}) {
  const { list } = props
  if (list.phase === 'loading' && !list.isStale) return <Loading rows={8} />
  if (list.phase === 'failed')
    return <ErrorState error={list.error} operation="history" onRetry={() => void list.feed.reload()} />
  if (list.rows.length === 0) return <Empty {...props} text={list.shownText} />
  return (
    <CallTable
      list={list}
      chosen={props.index}
      onChoose={props.onMove}
      onClose={props.onClose}
      onPointer={props.hold.onPointer}
      onScrolled={props.hold.onScrolled}
    />
  )
}

function Empty(props: { base: Chosen; isNarrow: boolean; text: string; onClear(): void; onAll(): void }) {
  const { t } = useTranslation('calls')
  const view = props.base.kind === 'view' ? props.base.view : 'all'
  if (props.text !== '' || props.isNarrow || props.base.kind === 'own') {
    const isAll = view === 'all' && props.base.kind === 'view'
    return (
      <EmptyState
        icon="search"
        title={props.text === '' ? t('empty.filtered') : t('empty.search', { text: props.text })}
        text={t('empty.searchText')}
        action={
          <Button onClick={isAll || props.isNarrow ? props.onClear : props.onAll}>
            {isAll || props.isNarrow ? t('empty.clear') : t('empty.showAll')}
          </Button>
        }
      />
    )
  }
  const isDone = view === 'missed' || view === 'callBack'
  return (
    <EmptyState
      icon={isDone ? 'check-circle' : 'history'}
      title={t(`empty.${view}`)}
      text={
        view === 'missed' || view === 'mine' || view === 'callBack' || view === 'recorded'
          ? t(`empty.${view}Text`)
          : t('empty.text')
      }
      action={view === 'all' ? undefined : <Button onClick={props.onAll}>{t('empty.showAll')}</Button>}
    />
  )
}
