import { useEffect, useState } from 'react'
import { DeskPage } from '../features/desk/index.ts'
import { useImportNotices } from '../features/import/index.ts'
import { useUnsavedNotes } from '../features/notes/index.ts'
import { PopStack } from '../features/pop/index.ts'
import { focusSearch } from '../features/search/index.ts'
import { StatusLine } from '../features/status-line/index.ts'
import { useLinkState, useSnapshot } from '../rpc/index.ts'
import { useKeys } from '../ui/index.ts'
import styles from './Frame.module.css'
import { KeySheet } from './KeySheet.tsx'
import { LinkBanner } from './LinkBanner.tsx'
import { NavRail } from './NavRail.tsx'
import { NoticeBar } from './NoticeBar.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import { PreparedPage } from './PreparedPage.tsx'
import {
  CallsPage,
  DirectoryPage,
  FollowUpsPage,
  ImportPage,
  OperationsPage,
  prefetchPages,
  prepareCalls,
  SettingsPage,
  SupervisorPage,
  VoiceFilesPage,
} from './pages.ts'
import { go, type Route } from './route.ts'

/** The main window: rail, page, status line, and what floats over every page. */
export function Frame({ route }: { route: Route }) {
  const [keysOpen, setKeysOpen] = useState(false)
  useFocusedCall()
  // A module that could not be read is never asked for again: nothing is read in advance while nobody would answer.
  const isOpen = useLinkState().phase === 'open'
  useEffect(() => (isOpen ? prefetchPages() : undefined), [isOpen])
  // One that a link leads to shows something of its own.
  const isCalls = route.page === 'calls' && route.section === null
  useUnsavedNotes()
  useImportNotices(route.page === 'import')
  useKeys({
    '?': () => setKeysOpen(true),
    'mod+k': () => {
      go('desk')
      focusSearch()
    },
  })
  return (
    <div className={styles.app}>
      <NavRail page={route.page} />
      <main className={styles.page}>
        <LinkBanner />
        <div className={styles.body}>
          {/* Behind the sheet, but a call above it is not. */}
          <div className={styles.behind} inert={keysOpen}>
            <PreparedPage page={CallsPage} isShown={isCalls} canPrepare={isOpen} prepare={prepareCalls} />
            {!isCalls && (
              <PageBoundary key={route.page}>
                {route.page === 'calls' ? (
                  <CallsPage key={route.section} place={route.section} />
                ) : route.page === 'directory' ? (
                  <DirectoryPage section={route.section} />
                ) : route.page === 'follow-ups' ? (
                  <FollowUpsPage />
                ) : route.page === 'import' ? (
                  <ImportPage />
                ) : route.page === 'voice' ? (
                  <VoiceFilesPage />
                ) : route.page === 'console' ? (
                  <OperationsPage operation={route.section} />
                ) : route.page === 'supervisor' ? (
                  <SupervisorPage />
                ) : route.page === 'settings' ? (
                  <SettingsPage section={route.section} />
                ) : (
                  <DeskPage />
                )}
              </PageBoundary>
            )}
          </div>
          {(route.page !== 'desk' || keysOpen) && <PopStack />}
        </div>
        <NoticeBar />
      </main>
      <StatusLine onKeys={() => setKeysOpen(true)} onSettings={(section) => go('settings', section)} />
      <KeySheet opened={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  )
}

const clickIsOldMs = 30_000

/** A notification was clicked: show the desk, where the card is brought into view, or the promise. A page opened later is not sent there. */
function useFocusedCall(): void {
  const at = useSnapshot('calls', (calls) => calls?.focus?.at)
  useEffect(() => {
    if (at !== undefined && Date.now() - at < clickIsOldMs) go('desk')
  }, [at])
  const promisedAt = useSnapshot('dispositions', (dispositions) => dispositions?.focus?.at)
  useEffect(() => {
    if (promisedAt !== undefined && Date.now() - promisedAt < clickIsOldMs) go('follow-ups')
  }, [promisedAt])
}
