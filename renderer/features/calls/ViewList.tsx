import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon, SideHeading, SideItem, SideList } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { type Look, lookOf, sameLook, type View, views } from './look.ts'
import { OwnFilter, SaveFilter } from './OwnFilter.tsx'
import { type OwnFilterEntry, useOwnFilters } from './use-own-filters.ts'
import { mostCounted, useViewCounts } from './use-view-counts.ts'
import styles from './views.module.css'

const icons: Record<View, ReactNode> = {
  today: <SectionIcon name="calendar" />,
  missed: <Icon name="missed" />,
  callBack: <Icon name="clock" />,
  mine: <Icon name="person" />,
  recorded: <SectionIcon name="wave" />,
  all: <Icon name="history" />,
}

/** Where the look came from: one of ours, or one that was given a name. */
export type Chosen = { kind: 'view'; view: View } | { kind: 'own'; name: string }

/** Left: what there is to look at with one click. */
export const ViewList = memo(function ViewList(props: {
  chosen: Chosen
  look: Look
  typed: string
  /** Nothing is counted before. */
  isListRead: boolean
  onView(view: View): void
  onOwn(entry: OwnFilterEntry): void
  onSaved(name: string): void
}) {
  const { t } = useTranslation('calls')
  const counts = useViewCounts(props.isListRead)
  const own = useOwnFilters()
  const mine = useSnapshot('me', (me) => me?.extension ?? null)
  const { chosen } = props
  const current = chosen.kind === 'own' ? own.list.find(({ name }) => name === chosen.name) : undefined
  const base = chosen.kind === 'view' ? lookOf(chosen.view, mine) : current
  const isChanged = props.typed.trim() !== '' || base === undefined || !sameLook(base, props.look)
  return (
    <SideList className={styles.side} aria-label={t('filtersLabel')}>
      {views.map((one) => (
        <SideItem
          key={one}
          isCurrent={chosen.kind === 'view' && one === chosen.view}
          icon={icons[one]}
          count={countText(counts[one])}
          onClick={() => props.onView(one)}
          data-testid={`calls-filter-${one}`}
        >
          {t(`filter.${one}`)}
        </SideItem>
      ))}
      {(own.list.length > 0 || isChanged) && <SideHeading>{t('own.heading')}</SideHeading>}
      {own.list.map((entry) => (
        <OwnFilter
          key={entry.name}
          entry={entry}
          names={own.names}
          isCurrent={chosen.kind === 'own' && chosen.name === entry.name}
          onChoose={() => props.onOwn(entry)}
          onRenamed={props.onSaved}
          actions={own}
        />
      ))}
      {isChanged && !own.isLocked && (
        <SaveFilter
          suggested={current?.name ?? ''}
          look={props.look}
          typed={props.typed}
          names={own.names}
          actions={own}
          onSaved={props.onSaved}
        />
      )}
    </SideList>
  )
})

function countText(value: number | undefined) {
  return value !== undefined && value >= mostCounted ? `${mostCounted - 1}+` : value
}
