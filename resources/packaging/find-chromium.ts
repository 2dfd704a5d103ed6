import { existsSync } from 'node:fs'

const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
)

/**
 * The Chromium of this machine, the one without windows first: it does the same with less. `FRONTBELL_CHROMIUM` names
 * another. Throws and says what to install when there is none.
 */
export function findChromium(): string {
  const found = [process.env.FRONTBELL_CHROMIUM, ...places].find((place) => place && existsSync(place))
  if (found) return found
  throw new Error(
    `no Chromium found: apt-get install chromium, or set FRONTBELL_CHROMIUM. Looked for ${places.join(', ')}`,
  )
}
