import { laterPage } from './LaterPage.tsx'

/**
 * Every page but the desk: a file of its own, read when the page is opened. A page stands in its feature's `page.ts`; what
 * the feature's `index.ts` offers to others is read with the desk.
 */
const callsCode = () => import('../features/calls/page.ts')
export const CallsPage = laterPage(() => callsCode().then(({ CallsPage }) => CallsPage))
/** The page that is opened most: its code and its first rows. → false when they could not be read. */
export async function prepareCalls(): Promise<boolean> {
  return (await CallsPage.prefetch()) && (await callsCode()).readAhead()
}
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

/** Likeliest first; the call log is prepared (PreparedPage.tsx). The wizard is opened once in a program's life: it is not read in advance. */
const inAdvance = [
  DirectoryPage,
  FollowUpsPage,
  SettingsPage,
  SupervisorPage,
  VoiceFilesPage,
  ImportPage,
  OperationsPage,
]
/** Once everything has come to rest. */
const settledMs = 1500

/** Reads the pages one by one while the window has nothing else to do, so that opening one shows it at once. */
export function prefetchPages(): () => void {
  let stopped = false
  const next = (at: number) => {
    const page = inAdvance[at]
    if (page && !stopped) requestIdleCallback(() => void page.prefetch().then(() => next(at + 1)))
  }
  const timer = setTimeout(() => next(0), settledMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
