/** What the page knows about the ways to the core. */
export interface PageWays {
  electron: boolean
  /** A port came that nobody has taken yet. */
  portWaits: boolean
  /** This page load has already had its port. */
  hadPort: boolean
}

/** Socket in a browser; in Electron the one port that comes with every page load, and after that only a new load. */
export function wayToCore({ electron, portWaits, hadPort }: PageWays): 'socket' | 'port' | 'reload' {
  if (!electron) return 'socket'
  return hadPort && !portWaits ? 'reload' : 'port'
}

/** A core that ends every stream at once must not make the page flicker: a page stays for this long, ms. */
const shortestStayMs = 3000

/** How long to wait before loading the page again, ms. `shownForMs`: since it was loaded. */
export function reloadDelayMs(shownForMs: number): number {
  return Math.max(0, shortestStayMs - shownForMs)
}
