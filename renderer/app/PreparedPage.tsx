import { Activity, type ComponentType, useCallback, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import styles from './Frame.module.css'
import { PageBoundary } from './PageBoundary.tsx'

/**
 * A page that is drawn before it is opened, away from the document: opening it only puts it there. It does nothing
 * meanwhile (React's Activity), and once left it is drawn anew, so that it always opens as it does the first time.
 * `prepare` reads what the page shows first; → false when it could not be read: the page is then drawn when it is opened.
 */
export function PreparedPage(props: {
  page: ComponentType
  isShown: boolean
  /** Whether there is somebody to ask: nothing is read in advance otherwise. */
  canPrepare: boolean
  prepare(): Promise<boolean>
}) {
  const { page: Page, isShown, canPrepare, prepare } = props
  const { i18n } = useTranslation()
  const [place] = useState(createPlace)
  /** How often it was left. */
  const [round, setRound] = useState(0)
  const [wasShown, setWasShown] = useState(isShown)
  if (wasShown !== isShown) {
    setWasShown(isShown)
    if (wasShown) setRound(round + 1)
  }
  const [readFor, setReadFor] = useState(-1)
  useEffect(() => {
    if (isShown || !canPrepare) return
    let stopped = false
    const start = () => {
      if (!stopped) void prepare().then((isRead) => !stopped && isRead && setReadFor(round))
    }
    const timer = setTimeout(() => requestIdleCallback(start), restMs)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [isShown, canPrepare, prepare, round])
  const putThere = useCallback((slot: HTMLElement | null) => slot?.append(place), [place])
  return (
    <>
      {/* Before the page: its effects find it in the document. */}
      {isShown && <div className={styles.slot} ref={putThere} />}
      {(isShown || readFor === round) &&
        createPortal(
          <Activity key={`${round} ${i18n.language}`} mode={isShown ? 'visible' : 'hidden'}>
            <PageBoundary>
              <Page />
            </PageBoundary>
          </Activity>,
          place,
        )}
    </>
  )
}

/** The desk, or whatever page is open, comes first. */
const restMs = 100

function createPlace(): HTMLElement {
  const place = document.createElement('div')
  place.className = styles.slot ?? ''
  return place
}
