import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PopPage, PopStack } from '../features/pop/index.ts'
import { useSnapshot } from '../rpc/index.ts'
import { ToastStack, theme } from '../ui/index.ts'
import { Frame } from './Frame.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import { FirstRun } from './pages.ts'
import { queryClient } from './query.ts'
import { type Page, useRoute } from './route.ts'
import { useAppearance } from './use-appearance.ts'
import { useTitle } from './use-title.ts'

/** Providers and the choice of surface: the pop window, the wizard, or the frame with its pages. */
export function App({ surface }: { surface: 'window' | 'pop' }) {
  const scheme = useAppearance()
  const { t } = useTranslation('app')
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        {surface === 'pop' ? <PopSurface /> : <Window />}
        <section id="floating" aria-label={t('floating')} />
        <ToastStack />
      </QueryClientProvider>
    </MantineProvider>
  )
}

function PopSurface() {
  return (
    <PageBoundary>
      <Title page="pop" />
      <PopPage />
    </PageBoundary>
  )
}

function Window() {
  const route = useRoute()
  const needsSetup = useSnapshot('settings', (settings) => settings?.needsSetup === true)
  const isSetup = needsSetup || route.page === 'setup'
  return (
    <>
      <Title page={isSetup ? 'setup' : route.page} />
      {isSetup ? <Setup needsSetup={needsSetup} /> : <Frame route={route} />}
    </>
  )
}

/** Changes with every call: on its own, so that nothing else is drawn for it. */
function Title({ page }: { page: Page }) {
  useTitle(page)
  return null
}

function Setup({ needsSetup }: { needsSetup: boolean }) {
  return (
    <>
      <PageBoundary>
        <FirstRun />
      </PageBoundary>
      {!needsSetup && <PopStack raised onlyLive />}
    </>
  )
}
