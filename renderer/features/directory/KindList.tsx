import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon, type IconName, SideHeading, SideItem, SideList } from '../../ui/index.ts'
import styles from './directory.module.css'
import { type DirectoryList, type Look, useGroups } from './use-directory.ts'

const kinds = [
  { kind: 'all', icon: 'list' },
  { kind: 'person', icon: 'person' },
  { kind: 'colleague', icon: 'phone' },
  { kind: 'learned', icon: 'history' },
] as const satisfies { kind: Look['kind']; icon: IconName }[]

/** What to look at: everybody, a kind, a group. */
export function KindList(props: { look: Look; counts: DirectoryList['counts']; onLook(look: Look): void }) {
  const { t } = useTranslation('directory')
  const { look, counts, onLook } = props
  const groups = useGroups().data ?? []
  const colleagues = useSnapshot('board', (board) => board?.extensions.length ?? 0)
  const countOf = (kind: Look['kind']) => {
    if (kind === 'colleague') return colleagues
    if (counts === null || look.group !== null) return null
    return kind === 'all' ? counts.colleague + counts.person + counts.learned : counts[kind]
  }
  return (
    <SideList className={styles.side} aria-label={t('kinds')}>
      {kinds.map(({ kind, icon }) => (
        <SideItem
          key={kind}
          isCurrent={look.kind === kind && look.group === null}
          icon={<Icon name={icon} />}
          count={countOf(kind)?.toLocaleString() ?? ''}
          onClick={() => onLook({ kind, group: null })}
          data-testid={`directory-kind-${kind}`}
        >
          {t(`kind.${kind}`)}
        </SideItem>
      ))}
      {groups.length > 0 && <SideHeading>{t('groups')}</SideHeading>}
      {groups.map((group) => (
        <SideItem
          key={group}
          isCurrent={look.group === group}
          icon={<span className={styles.dot} aria-hidden="true" />}
          title={group}
          onClick={() => onLook({ kind: 'person', group })}
        >
          {group}
        </SideItem>
      ))}
    </SideList>
  )
}
