import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../preload/contract/settings-schema.ts'
import { rpc, useCoreAway, useExtensionMatches, useSnapshot } from '../../rpc/index.ts'
import { EmptyState, Loading } from '../../ui/index.ts'
import { BoardFoot } from './BoardFoot.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { BoardHead } from './BoardHead.tsx'
import styles from './BoardPane.module.css'
import { PbxDown } from './PbxDown.tsx'

type BoardSettings = Partial<Pick<Settings['board'], 'view' | 'layout'>>

/** Every extension and how its phone is, with its age: who is free, whom can I put this through to. */
export function BoardPane() {
  const { t } = useTranslation('board')
  const board = useSnapshot('board')
  const saved = useSnapshot('settings')?.values.board
  const coreAway = useCoreAway()
  const [text, setText] = useState('')
  const alsoNumbers = useExtensionMatches(text)
  const save = useMutation({
    mutationFn: (patch: BoardSettings) => rpc.settings.update({ patch: { board: patch } }),
    meta: { operation: 'settings' },
  })
  const chosen = save.isPending ? save.variables : {}
  const view = chosen.view ?? saved?.view ?? 'groups'
  const layout = chosen.layout ?? saved?.layout ?? 'tiles'
  const favourites = saved?.favourites ?? noFavourites
  const stale = (board?.stale ?? false) || coreAway

  let body: ReactNode
  if (!board) body = <Loading rows={5} />
  else if (board.extensions.length === 0)
    body =
      board.connection === null || board.problem ? (
        <EmptyState
          icon="phone"
          title={t('empty')}
          text={t('emptyText')}
          action={
            <a className={styles.link} href="#/settings/connections">
              {t('emptyAction')}
            </a>
          }
        />
      ) : (
        <EmptyState icon="clock" title={t('waiting')} />
      )
  else if (view === 'favourites' && !board.extensions.some((one) => favourites.includes(one.extension)))
    body = <EmptyState icon="star" title={t('noFavourites')} text={t('noFavouritesText')} />
  else
    body = (
      <BoardGrid
        board={board}
        stale={stale}
        view={view}
        layout={layout}
        favourites={favourites}
        text={text}
        alsoNumbers={alsoNumbers}
      />
    )

  return (
    <section className={styles.pane} aria-label={t('title')}>
      <BoardHead
        extensions={board?.extensions ?? []}
        stale={stale}
        view={view}
        layout={layout}
        text={text}
        onView={(next) => save.mutate({ view: next })}
        onLayout={(next) => save.mutate({ layout: next })}
        onText={setText}
      />
      <div className={styles.body}>{body}</div>
      <PbxDown />
      <BoardFoot />
    </section>
  )
}

const noFavourites: readonly string[] = []
