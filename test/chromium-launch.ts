import { findChromium } from '../resources/packaging/find-chromium.ts'

/** How every test and bench starts its browser: as root, without a screen, and asking nobody for anything. */
export const chromiumLaunch = () => ({
  executablePath: findChromium(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
