import { useLayoutEffect, useSyncExternalStore } from 'react'
import { applyLocale } from '../i18n/index.ts'
import { useSnapshot } from '../rpc/index.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const subscribeDark = (listener: () => void) => {
  dark.addEventListener('change', listener)
  return () => dark.removeEventListener('change', listener)
}

/** Puts language and theme from the settings on the page; returns the scheme in force. */
export function useAppearance(): 'light' | 'dark' {
  const values = useSnapshot('settings')?.values
  const systemIsDark = useSyncExternalStore(subscribeDark, () => dark.matches)
  const theme = values?.theme ?? 'system'
  const locale = values?.locale

  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  useLayoutEffect(() => {
    if (locale) applyLocale(locale)
  }, [locale])

  if (theme !== 'system') return theme
  return systemIsDark ? 'dark' : 'light'
}
