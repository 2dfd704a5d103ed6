import { describe, expect, test } from 'vitest'
import { reloadDelayMs, wayToCore } from '../../renderer/rpc/way-to-core.ts'

describe('how the page reaches the core', () => {
  test.each([
    [{ electron: false, portWaits: false, hadPort: false }, 'socket'],
    [{ electron: false, portWaits: false, hadPort: true }, 'socket'],
    [{ electron: true, portWaits: false, hadPort: false }, 'port'],
    [{ electron: true, portWaits: true, hadPort: false }, 'port'],
    [{ electron: true, portWaits: true, hadPort: true }, 'port'],
    // The preload script hands over one port per page load: waiting for a second one would last for ever.
    [{ electron: true, portWaits: false, hadPort: true }, 'reload'],
  ] as const)('%o → %s', (page, way) => {
    expect(wayToCore(page)).toBe(way)
  })

  test('a page that has just been loaded is not loaded again at once', () => {
    expect(reloadDelayMs(400)).toBe(2600)
    expect(reloadDelayMs(60_000)).toBe(0)
  })
})
