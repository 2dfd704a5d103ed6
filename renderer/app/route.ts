import { useSyncExternalStore } from 'react'

export type Page =
  | 'desk'
  | 'calls'
  | 'directory'
  | 'follow-ups'
  | 'import'
  | 'voice'
  | 'supervisor'
  | 'console'
  | 'settings'
  | 'setup'
  | 'pop'
export interface Route {
  page: Page
  /** `#/settings/<section>`, `#/console/<operation>`; null elsewhere. */
  section: string | null
}

const pages: readonly string[] = [
  'desk',
  'calls',
  'directory',
  'follow-ups',
  'import',
  'voice',
  'supervisor',
  'console',
  'settings',
  'setup',
  'pop',
] satisfies Page[]
const isPage = (text: string): text is Page => pages.includes(text)

/** `#/settings/listener` → page and section; anything else is the desk. */
export function parseRoute(hash: string): Route {
  const [page = '', section] = hash.replace(/^#\/?/, '').split('/')
  return isPage(page)
    ? { page, section: section ? decodeURIComponent(section) : null }
    : { page: 'desk', section: null }
}

let route = parseRoute(globalThis.location?.hash ?? '')

function subscribe(listener: () => void): () => void {
  const onChange = () => {
    route = parseRoute(location.hash)
    listener()
  }
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => route)
}

/** Go to a page; the browser's back button returns. */
export function go(page: Page, section?: string): void {
  location.hash = section ? `#/${page}/${encodeURIComponent(section)}` : `#/${page}`
}
