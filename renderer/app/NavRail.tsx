import { useTranslation } from 'react-i18next'
import { useDueCount } from '../features/follow-ups/index.ts'
import { PresenceMenu } from '../features/presence/index.ts'
import { useIsSupervisorOffered } from '../features/supervisor/index.ts'
import { useSnapshot } from '../rpc/index.ts'
import { Icon, type IconName } from '../ui/index.ts'
import styles from './Frame.module.css'
import { go, type Page } from './route.ts'

const rooms = [
  { page: 'desk', icon: 'desk' },
  { page: 'calls', icon: 'history' },
  { page: 'directory', icon: 'book' },
  { page: 'follow-ups', icon: 'tasks' },
  { page: 'voice', icon: 'wave' },
  { page: 'supervisor', icon: 'team' },
  { page: 'console', icon: 'terminal' },
  { page: 'settings', icon: 'sliders' },
] as const satisfies { page: Page; icon: IconName }[]

export function NavRail({ page }: { page: Page }) {
  const { t } = useTranslation(['app', 'common'])
  const dueCount = useDueCount()
  const missedCount = useSnapshot('calls', (calls) => calls?.missedCount ?? 0)
  const supervisorOffered = useIsSupervisorOffered()
  const offered = rooms.filter((room) => room.page !== 'supervisor' || supervisorOffered)
  return (
    <nav className={styles.rail} aria-label={t('app:nav.label')}>
      <span className={styles.brand} role="img" aria-label={t('common:appName')}>
        <Icon name="bell-desk" size="nav" />
      </span>
      {offered.map((room) => (
        <a
          key={room.page}
          className={`${styles.item} goal`}
          href={`#/${room.page}`}
          data-testid={`nav-${room.page}`}
          aria-current={(page === 'import' ? 'directory' : page) === room.page ? 'page' : undefined}
        >
          <Icon name={room.icon} size="nav" />
          <span>{t(`app:nav.${room.page}`)}</span>
          {room.page === 'calls' && missedCount > 0 && (
            <span className={`${styles.badge} num`} data-testid="missed-badge">
              <span aria-hidden="true">{missedCount > 99 ? '99+' : missedCount}</span>
              <span className="vh">{t('app:nav.missed', { count: missedCount })}</span>
            </span>
          )}
          {room.page === 'follow-ups' && dueCount > 0 && (
            <span className={`${styles.badge} num`} data-testid="due-badge">
              <span aria-hidden="true">{dueCount > 99 ? '99+' : dueCount}</span>
              <span className="vh">{t('app:nav.due', { count: dueCount })}</span>
            </span>
          )}
        </a>
      ))}
      <PresenceMenu onChooseExtension={() => go('settings', 'connections')} />
    </nav>
  )
}
