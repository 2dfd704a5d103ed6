import { laterPage } from './LaterPage.tsx'

/**
 * Every page but the desk: a file of its own, read when the page is opened. A page stands in its feature's `page.ts`; what
 * the feature's `index.ts` offers to others is read with the desk.
 */
export const CallsPage = laterPage(() =>
  import('../features/calls/page.ts').then(({ CallsPage, readAhead }) => {
    readAhead()
    return CallsPage
  }),
)
export const FollowUpsPage = laterPage(() =>
  import('../features/follow-ups/page.ts').then(({ FollowUpsPage }) => FollowUpsPage),
)
export const DirectoryPage = laterPage(() =>
  import('../features/directory/page.ts').then(({ DirectoryPage }) => DirectoryPage),
)
export const ImportPage = laterPage(() => import('../features/import/page.ts').then(({ ImportPage }) => ImportPage))
export const SupervisorPage = laterPage(() =>
  import('../features/supervisor/page.ts').then(({ SupervisorPage }) => SupervisorPage),
)
export const OperationsPage = laterPage(() =>
  import('../features/operations/page.ts').then(({ OperationsPage }) => OperationsPage),
)
export const SettingsPage = laterPage(() =>
  import('../features/settings/page.ts').then(({ SettingsPage }) => SettingsPage),
)
export const VoiceFilesPage = laterPage(() =>
  import('../features/voice-files/page.ts').then(({ VoiceFilesPage }) => VoiceFilesPage),
)
export const FirstRun = laterPage(() => import('../features/first-run/page.ts').then(({ FirstRun }) => FirstRun))

/** Likeliest first. The wizard is opened once in a program's life: it is not read in advance. */
const inAdvance = [
  CallsPage,
  DirectoryPage,
  FollowUpsPage,
  SettingsPage,
  SupervisorPage,
  VoiceFilesPage,
  ImportPage,
  OperationsPage,
]
/** The likeliest page as soon as the desk stands, the others once everything has come to rest. */
const [deskMs, settledMs] = [300, 1500]

/** Reads the pages one by one while the window has nothing else to do, so that opening one shows it at once. */
export function prefetchPages(): () => void {
  let stopped = false
  const next = (at: number) => {
    const page = inAdvance[at]
    if (page && !stopped) requestIdleCallback(() => void page.prefetch().then(() => next(at + 1)))
  }
  const timers = [
    setTimeout(() => requestIdleCallback(() => void (stopped || inAdvance[0]?.prefetch())), deskMs),
    setTimeout(() => next(1), settledMs),
  ]
  return () => {
    stopped = true
    for (const timer of timers) clearTimeout(timer)
  }
}
