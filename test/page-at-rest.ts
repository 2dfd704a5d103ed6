import type { Page } from '@playwright/test'

/** Colours are measured once nothing fades any more; what goes on for ever (a ringing card) is not waited for. */
export const pageAtRest = (page: Page) =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.effect?.getTiming().iterations === Infinity || one.playState !== 'running'),
  )
