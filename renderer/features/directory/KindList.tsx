import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon, type IconName } from '../../ui/index.ts'
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
    <nav className={styles.side} aria-label={t('kinds')}>
      {kinds.map(({ kind, icon }) => (
        <button
          key={kind}
          type="button"
          className={styles.view}
          aria-current={look.kind === kind && look.group === null ? 'true' : undefined}
          onClick={() => onLook({ kind, group: null })}
          data-testid={`directory-kind-${kind}`}
        >
          <Icon name={icon} />
          <span className="cut">{t(`kind.${kind}`)}</span>
          <span className={`${styles.count} num`}>{countOf(kind)?.toLocaleString() ?? ''}</span>
        </button>
      ))}
      {groups.length > 0 && <h2 className={styles.sideHeading}>{t('groups')}</h2>}
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          className={styles.view}
          aria-current={look.group === group ? 'true' : undefined}
          onClick={() => onLook({ kind: 'person', group })}
        >
          <span className={styles.dot} aria-hidden="true" />
          <span className="cut" title={group}>
            {group}
          </span>
        </button>
      ))}
    </nav>
  )
}
