import { SegmentedControl, Tooltip } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension, TileState } from '../../../preload/contract/board.ts'
import { Button, Field, StateWord, stateIcon } from '../../ui/index.ts'
import styles from './BoardPane.module.css'
import { type BoardView, tallyOf } from './board-rows.ts'

const tallied: readonly TileState[] = ['idle', 'talking', 'ringing', 'busy', 'reducing', 'stale']
const views: readonly BoardView[] = ['groups', 'all', 'favourites']
const always: readonly TileState[] = ['idle', 'talking']

interface BoardHeadProps {
  extensions: readonly Extension[]
  stale: boolean
  view: BoardView
  layout: 'tiles' | 'list'
  text: string
  onView: (view: BoardView) => void
  onLayout: (layout: 'tiles' | 'list') => void
  onText: (text: string) => void
}

/** View, layout, filter, and how many are in each state. */
export function BoardHead({ extensions, stale, view, layout, text, onView, onLayout, onText }: BoardHeadProps) {
  const { t } = useTranslation(['board', 'common'])
  const [filtering, setFiltering] = useState(false)
  const tally = useMemo(() => tallyOf(extensions, stale), [extensions, stale])
  const otherLayout = layout === 'tiles' ? 'list' : 'tiles'
  const stop = () => {
    onText('')
    setFiltering(false)
  }
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{t('board:title')}</h1>
      <SegmentedControl
        aria-label={t('board:viewLabel')}
        value={view}
        onChange={(next) => onView(views.find((one) => one === next) ?? 'groups')}
        data={views.map((one) => ({ value: one, label: t(`board:view.${one}`) }))}
      />
      <div className={styles.tools}>
        <Tooltip label={t(`board:layout.${layout}`)}>
          <Button
            only
            variant="quiet"
            icon={otherLayout === 'list' ? 'list' : 'grid'}
            data-testid="board-layout"
            aria-label={t(`board:layout.${layout}`)}
            onClick={() => onLayout(otherLayout)}
          />
        </Tooltip>
        {!filtering && (
          <Tooltip label={t('board:filter')}>
            <Button
              only
              variant="quiet"
              icon="search"
              data-testid="board-filter-open"
              aria-label={t('board:filter')}
              onClick={() => setFiltering(true)}
            />
          </Tooltip>
        )}
      </div>
      {filtering ? (
        <Field
          autoFocus
          className={styles.filter}
          icon="search"
          label={t('board:filter')}
          placeholder={t('board:filter')}
          data-testid="board-filter"
          maxLength={40}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') stop()
          }}
          onBlur={() => text === '' && setFiltering(false)}
          trailing={
            <Button small only variant="quiet" icon="close" aria-label={t('board:clearFilter')} onClick={stop} />
          }
        />
      ) : extensions.length === 0 ? null : (
        <ul className={styles.tally} aria-label={t('board:tally')}>
          {tallied
            .filter((state) => tally[state] > 0 || always.includes(state))
            .map((state) => (
              <li key={state}>
                <StateWord
                  tone={state}
                  icon={stateIcon(state)}
                  word={
                    <>
                      <b className="num">{tally[state]}</b>{' '}
                      {state === 'reducing' ? t('board:tallyWord.reducing') : t(`common:state.${state}`)}
                    </>
                  }
                />
              </li>
            ))}
        </ul>
      )}
    </header>
  )
}
