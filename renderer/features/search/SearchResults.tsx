import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../preload/contract/directory.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'
import { useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import {
  EmptyState,
  ErrorState,
  Icon,
  type IconName,
  Loading,
  StateWord,
  stateIcon,
  useNow,
  type useOptionList,
} from '../../ui/index.ts'
import styles from './SearchField.module.css'

const kindIcon: Record<SearchHit['kind'], IconName> = {
  extension: 'phone',
  person: 'person',
  recent: 'history',
  number: 'keyboard',
}

interface SearchResultsProps {
  text: string
  hits: SearchHit[]
  pending: boolean
  error: unknown
  onRetry: () => void
  options: ReturnType<typeof useOptionList>
  /** I have a live call: an extension takes it. */
  canTransfer: boolean
}

export function SearchResults({ text, hits, pending, error, onRetry, options, canTransfer }: SearchResultsProps) {
  const { t } = useTranslation('search')
  let body: ReactNode
  if (error) body = <ErrorState error={error} operation="search" onRetry={onRetry} />
  else if (pending) body = <Loading />
  else if (hits.length === 0)
    body = (
      <EmptyState
        icon="search"
        title={text ? t('nothing', { text }) : t('noRecent')}
        text={text ? t('nothingHint') : undefined}
      />
    )
  else
    body = (
      <ul {...options.list} aria-label={t('results')}>
        {hits.map((hit, index) => (
          <li
            key={hit.id}
            className={styles.hit}
            data-testid="search-result"
            data-kind={hit.kind}
            {...options.option(index)}
          >
            <Icon name={kindIcon[hit.kind]} />
            <span className={styles.who}>
              {hit.name ? (
                <b className="cut">
                  <Highlighted text={hit.name} ranges={hit.match} />
                </b>
              ) : (
                <b className="num cut">{hit.display}</b>
              )}
              {hit.company && <span className="cut meta secondary">{hit.company}</span>}
            </span>
            {hit.kind === 'extension' ? <LiveState extension={hit.number} /> : <HitAge hit={hit} />}
            {hit.name && <span className={`${styles.number} num secondary`}>{hit.display}</span>}
            <span className={styles.action}>{hit.kind === 'extension' && canTransfer ? t('transfer') : t('dial')}</span>
          </li>
        ))}
      </ul>
    )
  return (
    <div className={styles.results}>
      {!text && hits.length > 0 && <p className={styles.resultsTitle}>{t('recentTitle')}</p>}
      {body}
    </div>
  )
}

function HitAge({ hit }: { hit: SearchHit }) {
  const { moment } = useTimeText()
  const now = useNow(60_000)
  return hit.at === null ? null : <time className="num meta muted">{moment(hit.at, Math.max(now, hit.at))}</time>
}

function LiveState({ extension }: { extension: string }) {
  const { t } = useTranslation('common')
  const board = useSnapshot('board')
  const found = board?.extensions.find((one) => one.extension === extension)
  if (!found || !board) return null
  const state = tileState(found, board.stale)
  return <StateWord tone={state} icon={stateIcon(state, found.direction)} word={t(`state.${state}`)} />
}

/** Marks the matched parts of a name: [start, end) ranges, sorted or not. */
function Highlighted({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  const parts: ReactNode[] = []
  let from = 0
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (start < from || end > text.length) continue
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>)
    from = end
  }
  parts.push(text.slice(from))
  return parts
}
