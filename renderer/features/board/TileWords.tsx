import { useTranslation } from 'react-i18next'
import type { Extension, TileState as State } from '../../../preload/contract/board.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Elapsed, Icon, StateWord, stateIcon, useNow } from '../../ui/index.ts'
import styles from './Tile.module.css'

/** Looked up once for each tile: every hook that asks again costs as much as a tile's other work. */
export function useTileWords() {
  const { t } = useTranslation(['board', 'common', 'conversation'])
  return { t, time: useTimeText() }
}
type TileWords = ReturnType<typeof useTileWords>

/** Second line: icon, word, and the time that matters: how long it rings or talks, since when it is busy. */
export function TileState({
  extension,
  state,
  consulted,
  words: { t, time },
}: {
  extension: Extension
  state: State
  /** I ask just this one while my caller waits. */
  consulted: boolean
  words: TileWords
}) {
  const asked = consulted && state === 'talking'
  const word = asked
    ? t('conversation:tileConsulting')
    : state === 'talking' && extension.direction
      ? t(`common:state.${extension.direction}`)
      : t(`common:state.${state}`)
  return (
    <div className={styles.state}>
      <StateWord tone={state} icon={asked ? 'consult' : stateIcon(state, extension.direction)} word={word}>
        {(state === 'talking' || state === 'ringing') && <Elapsed since={extension.since} />}
        {state === 'busy' && <span className="num">{t('board:since', { at: time.clock(extension.since) })}</span>}
      </StateWord>
    </div>
  )
}

/** Third line: with whom; or what was known before the board went stale; or how long it has been so. */
export function TileSub({
  extension,
  state,
  staleSince,
  groupName,
  words,
}: {
  extension: Extension
  state: State
  staleSince: number | null
  groupName: string | null
  words: TileWords
}) {
  const { t } = words
  const running = state === 'talking' || state === 'ringing'
  return (
    <div className={styles.sub}>
      {state === 'stale' ? (
        <StaleWords extension={extension} staleSince={staleSince} words={words} />
      ) : running ? (
        <span className="num cut">{extension.remote?.name ?? extension.remote?.display}</span>
      ) : (
        <span className="num cut">
          {groupName}
          {state !== 'busy' && <ForWords since={extension.since} after={groupName !== null} words={words} />}
        </span>
      )}
      {extension.missedCount > 0 && (
        <span className={`${styles.missed} num`}>
          <Icon name="missed" size="s" />
          <span aria-hidden="true">{extension.missedCount}</span>
          <span className="vh">{t('board:missedLong', { count: extension.missedCount })}</span>
        </span>
      )}
    </div>
  )
}

function ForWords({ since, after, words: { t, time } }: { since: number; after: boolean; words: TileWords }) {
  const now = useNow(60_000)
  const forMs = now + 60_000 - since
  if (forMs < 120_000) return null
  return `${after ? ' · ' : ''}${t('board:for', { span: time.span(forMs - 60_000) })}`
}

function StaleWords({
  extension,
  staleSince,
  words: { t, time },
}: {
  extension: Extension
  staleSince: number | null
  words: TileWords
}) {
  const now = useNow()
  if (staleSince === null) return <span className="cut">{t('board:notReported')}</span>
  const before = tileState(extension, false)
  const known = before === 'talking' && extension.direction ? extension.direction : before
  return (
    <span className="num cut">
      {t('board:stale', { ago: time.ago(staleSince, Math.max(now, staleSince)), state: t(`common:state.${known}`) })}
    </span>
  )
}
