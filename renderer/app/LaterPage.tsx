import { useMutation } from '@tanstack/react-query'
import { type ComponentType, useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../i18n/index.ts'
import { Button, Details, EmptyState, Loading } from '../ui/index.ts'
import styles from './Frame.module.css'
import { createLaterCode, type LaterCode } from './later-code.ts'

type Load<Props> = LaterCode<ComponentType<Props>>
type LaterPage<Props> = ComponentType<Props> & { prefetch: Load<Props>['prefetch'] }

/** A page whose code is read when it is first opened, or when the window has nothing else to do; until then grey bars. */
export function laterPage<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterPage<Props> {
  const code = createLaterCode(load)
  return Object.assign((props: Props) => <Later code={code} props={props} />, { prefetch: code.prefetch })
}

function Later<Props extends object>({ code, props }: { code: Load<Props>; props: Props }) {
  const now = useSyncExternalStore(code.subscribe, code.read)
  useEffect(() => code.open(), [code])
  if (now.state === 'ready') return <now.value {...props} />
  if (now.state === 'failed') return <NotLoaded error={now.error} />
  return <Loading rows={8} />
}

/**
 * A browser never asks a second time for a module that it failed to read; a new load of the window does, and it gets the newer
 * program's files when that was the reason. The place stands in the address, notes on their way in the browser's storage.
 */
function NotLoaded({ error }: { error: unknown }) {
  const { t } = useTranslation(['app', 'common'])
  const explained = useErrorSentence()(error)
  const retry = useMutation({ mutationFn: reloadWindow, meta: { inline: true } })
  return (
    <div className={styles.boundary} role="alert" data-testid="page-not-loaded">
      <EmptyState
        icon="warn"
        title={t('app:boundary.notLoaded')}
        text={t(retry.isError ? 'app:boundary.notLoadedAway' : 'app:boundary.notLoadedText')}
        action={
          <>
            <Details explained={explained} />
            <div className={styles.boundaryActions}>
              <Button variant="primary" icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
                {t('common:retry')}
              </Button>
            </div>
          </>
        }
      />
    </div>
  )
}

const answerMs = 5000

/** Asks first: a window that nobody would fill again is better left as it is. Rejects then. */
async function reloadWindow(): Promise<void> {
  const { ok, status } = await fetch(location.pathname, { cache: 'no-store', signal: AbortSignal.timeout(answerMs) })
  if (!ok) throw new Error(`the page was answered with ${status}`)
  location.reload()
}
