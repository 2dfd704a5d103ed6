import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { CardPanel } from './PopStack.tsx'
import styles from './pop.module.css'

declare global {
  interface Window {
    /**
     * The pop window's preload script. `resize`: how high the cards are now, CSS pixels; 0 = nothing to show. `typing`: a
     * form is open, so the window may have the keyboard until it is closed.
     */
    frontbellPop?: { resize(height: number): void; typing(typing: boolean): void }
  }
}

function tellHeight(element: HTMLElement): void {
  window.frontbellPop?.resize(Math.ceil(element.getBoundingClientRect().height))
}

/** The pop window: the same stack, filling the window, which is told how high it has to be. Brings its own landmark. */
export function PopPage() {
  const { t } = useTranslation('pop')
  const cards = useSnapshot('calls')?.cards ?? []
  const box = useRef<HTMLElement>(null)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => tellHeight(element))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // A hidden window draws nothing, so its observer says nothing: the first card could never bring it up.
  useLayoutEffect(() => {
    if (box.current) tellHeight(box.current)
  })

  return (
    <main ref={box} className={styles.window}>
      <h1 className="vh">{cards.length > 0 ? t('stack', { count: cards.length }) : t('empty')}</h1>
      {cards.length > 0 && <CardPanel cards={cards} />}
    </main>
  )
}
