import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot, Status } from '../../../preload/contract/index.ts'
import { useReasonText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Banner, Button, EmptyState, Field, Icon, Loading, PageHead } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { FoundEntries } from './SettingRow.tsx'
import { AboutSection } from './sections/AboutSection.tsx'
import { AnswersSection } from './sections/AnswersSection.tsx'
import { ConnectionsSection } from './sections/ConnectionsSection.tsx'
import { CrmSection } from './sections/CrmSection.tsx'
import { GroupsSection } from './sections/GroupsSection.tsx'
import { LookSection } from './sections/LookSection.tsx'
import { MenusSection } from './sections/MenusSection.tsx'
import { NoticesSection } from './sections/NoticesSection.tsx'
import { NumbersSection } from './sections/NumbersSection.tsx'
import { PopSection } from './sections/PopSection.tsx'
import { RecordingsSection } from './sections/RecordingsSection.tsx'
import { RetentionSection } from './sections/RetentionSection.tsx'
import styles from './settings.module.css'
import { isSection, matchingEntries, type Section, sections, sectionsOf } from './settings-entries.ts'

/** What every section gets. */
export interface SectionProps {
  settings: SettingsSnapshot
  status: Status
}

const bodies: Record<Section, (props: SectionProps) => ReactNode> = {
  connections: ConnectionsSection,
  notices: NoticesSection,
  pop: PopSection,
  numbers: NumbersSection,
  look: LookSection,
  groups: GroupsSection,
  menus: MenusSection,
  crm: CrmSection,
  answers: AnswersSection,
  recordings: RecordingsSection,
  retention: RetentionSection,
  about: AboutSection,
}

const icons: Record<Section, ReactNode> = {
  connections: <SectionIcon name="server" />,
  notices: <Icon name="bell" />,
  pop: <SectionIcon name="monitor" />,
  numbers: <Icon name="phone" />,
  look: <Icon name="sun" />,
  groups: <SectionIcon name="team" />,
  menus: <Icon name="list" />,
  crm: <Icon name="open" />,
  answers: <Icon name="bell-desk" />,
  recordings: <SectionIcon name="wave" />,
  retention: <Icon name="history" />,
  about: <Icon name="info" />,
}

/** Settings: sections left, rows right; finding goes through all sections. Each change is saved at once. */
export function SettingsPage({ section }: { section: string | null }) {
  const { t } = useTranslation('settings')
  const settings = useSnapshot('settings')
  const status = useSnapshot('status')
  const [text, setText] = useState('')
  const found = useMemo(() => matchingEntries(text, (word) => t(word)), [text, t])
  const current: Section = isSection(section) ? section : 'connections'
  const shown = found ? sectionsOf(found) : [current]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setText('')
  }

  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <Field
          className={styles.search}
          icon="search"
          label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="grow" />
        {settings && settings.locked.length > 0 && (
          <span className={styles.lock}>
            <Icon name="lock" size="s" />
            {t('lockedCount', { count: settings.locked.length })}
          </span>
        )}
      </PageHead>
      <div className={styles.split}>
        <nav className={styles.side} aria-label={t('sectionsLabel')}>
          {sections.map((one) => (
            <a
              key={one}
              href={`#/settings/${one}`}
              aria-current={(found ? shown.includes(one) : one === current) ? 'true' : undefined}
              onClick={() => setText('')}
              data-testid={`settings-section-${one}`}
            >
              {icons[one]}
              {t(`sections.${one}`)}
            </a>
          ))}
        </nav>
        <div className={styles.body}>
          <div className={styles.stack}>
            {settings && <FileProblems settings={settings} />}
            {(!settings || !status) && <Loading rows={5} />}
            {settings && status && (
              <FoundEntries value={found}>
                {shown.map((one) => {
                  const Body = bodies[one]
                  return <Body key={one} settings={settings} status={status} />
                })}
              </FoundEntries>
            )}
            {found?.size === 0 && (
              <EmptyState
                icon="search"
                title={t('nothingFound', { text })}
                action={<Button onClick={() => setText('')}>{t('clearSearch')}</Button>}
              />
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

/** Fields of the settings file that are wrong, each by its name. */
function FileProblems({ settings }: { settings: SettingsSnapshot }) {
  const { t } = useTranslation('settings')
  const reasonText = useReasonText()
  if (settings.problems.length === 0) return null
  return (
    <div data-testid="settings-problems">
      <Banner tone="failed" title={t('problems.title', { count: settings.problems.length })}>
        {t('problems.text')}
        <ul>
          {settings.problems.map(({ field, reason }) => (
            <li key={`${field} ${reason}`} className="mono">
              {t(field.startsWith('policy: ') ? 'problems.policyRow' : 'problems.row', {
                field: field.replace(/^policy: /, ''),
                reason: reasonText(reason),
              })}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}
