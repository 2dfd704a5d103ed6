import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { axeFindings } from '../axe-findings.ts'
import { call, party } from './desk-fixture.ts'
import { createPages, type OpenedPage } from './opened-page.ts'

let pages: Awaited<ReturnType<typeof createPages>>
let opened: OpenedPage
beforeAll(async () => {
  pages = await createPages()
}, 90_000)
afterAll(() => pages.close())
beforeEach(async () => {
  opened = await pages.open()
}, 30_000)
afterEach(async () => {
  const { complaints } = opened
  await opened.close()
  expect(complaints).toEqual([])
})

const asked = (procedure: string) =>
  opened.fixture.asked.filter((one) => one.procedure === procedure).map((one) => one.input)
const until = (check: () => boolean) => expect.poll(check, { timeout: 15_000, interval: 20 }).toBe(true)
const card = (callId: string) => opened.page.locator(`[data-call-id="${callId}"]`)
const topOf = async (callId: string) => (await card(callId).boundingBox())?.y

// A browser on a machine that is busy with other suites: slow is not wrong.
describe('the desk', { timeout: 60_000 }, () => {
  it('tells the core once about a card that came while the page was open, never about those that were there before', async () => {
    const { page, fixture } = opened
    await card('new-1').waitFor()
    const shownIds = () => asked('calls.popShown').map((input) => JSON.stringify(input))
    fixture.now.calls.cards = [call('fresh', Date.now(), {}), ...fixture.now.calls.cards]
    fixture.changed('calls')
    await until(() => shownIds().length > 0)
    fixture.changed('calls')
    await page.goto(`${page.url().split('#')[0]}#/calls`)
    await card('fresh').first().waitFor()
    await page.goto(`${page.url().split('#')[0]}#/desk`)
    await card('new-1').waitFor()
    expect(shownIds()).toEqual([JSON.stringify({ callId: 'fresh' })])
  })

  it('transfers with the keyboard alone, explains a refusal, and tries nobody else by itself', async () => {
    const { page, fixture } = opened
    fixture.fail('control.transfer', new CoreError('busy', { operation: 'telcrm.click-to-transfer', status: 486 }))
    await page.keyboard.press('t')
    await page.getByTestId('transfer-input').fill('80')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByTestId('toast-error').waitFor()
    expect(await page.getByTestId('toast-error').textContent()).toContain('没有转出：对方忙')
    expect(asked('control.transfer')).toEqual([{ callId: 'talk-1', target: '803' }])
    fixture.fail('control.transfer', null)
    await page.keyboard.press('Enter')
    await page.getByTestId('toast-done').waitFor()
    expect(await page.getByTestId('transfer-panel').count()).toBe(0)
  })

  it('keeps the card under the pointer where it is while calls come and go above it', async () => {
    const { page, fixture } = opened
    const before = await topOf('talk-1')
    await card('talk-1').hover({ position: { x: 40, y: 40 } })
    fixture.now.calls.cards = [
      call('fresh', Date.now() + 5000, { caller: party('133 1234 5678', '新来的') }),
      ...fixture.now.calls.cards,
    ]
    fixture.changed('calls')
    await card('fresh').waitFor({ state: 'attached' })
    expect(await topOf('talk-1')).toBe(before)
    await page.getByRole('button', { name: '新来的 来电' }).waitFor()
    fixture.now.calls.cards = fixture.now.calls.cards.filter((one) => one.callId !== 'c635814c')
    fixture.changed('calls')
    await card('c635814c').waitFor({ state: 'detached' })
    expect(await topOf('talk-1')).toBe(before)
    await page.mouse.move(1000, 30)
    await expect.poll(() => topOf('fresh'), { timeout: 3000 }).toBe(68)
  })

  it('never acts on results that belong to an older search text', async () => {
    const { page } = opened
    await page.keyboard.press('Control+k')
    await page.keyboard.type('801')
    await expect.poll(() => page.getByTestId('search-result').count(), { timeout: 5000 }).toBe(1)
    await page.keyboard.type('x')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('807')
    await page.keyboard.press('Enter')
    await until(() => asked('control.transfer').length === 1)
    expect(asked('control.transfer')).toEqual([{ callId: 'talk-1', target: '807' }])
    expect(asked('control.dial')).toEqual([])
  })

  it('leaves letter keys alone while somebody types', async () => {
    const { page } = opened
    await page.getByTestId('dial-input').click()
    await page.keyboard.type('th')
    expect(await page.getByTestId('transfer-panel').count()).toBe(0)
    expect(asked('control.hangup')).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('h')
    await until(() => asked('control.hangup').length === 1)
  })

  it('dials with the chosen line, and says what happens or why it does not', async () => {
    const { page, fixture } = opened
    await page.getByTestId('dial-line').click()
    await page.getByTestId('dial-line-ip').click()
    await page.getByTestId('dial-input').fill('+86 135-0000-0002')
    await page.keyboard.press('Enter')
    await page.getByTestId('dial-result').waitFor()
    expect(await page.getByTestId('dial-result').textContent()).toContain(
      '先响您的分机802，接起后再拨 +86 135-0000-0002',
    )
    expect(asked('control.dial')).toEqual([{ number: '+86 135-0000-0002', line: 'ip' }])
    fixture.fail('control.dial', new CoreError('offline', {}))
    await page.getByTestId('dial-input').fill('10086')
    await page.getByTestId('dial-button').click()
    await page.getByTestId('toast-error').waitFor()
    expect(await page.getByTestId('toast-error').textContent()).toContain('没有拨出：您的分机不在线')
  })

  it('shows every state of a tile, and hatches all of them when the PBX or the core is away', async () => {
    const { page, stopHost } = opened
    const states = {
      801: 'idle',
      802: 'talking',
      804: 'unregistered',
      805: 'busy',
      809: 'ringing',
      810: 'reducing',
      814: 'offline',
      817: 'stale',
    }
    for (const [extension, state] of Object.entries(states))
      expect(await page.getByTestId(`board-tile-${extension}`).getAttribute('data-state')).toBe(state)
    await stopHost()
    await page.getByTestId('link-lost').waitFor({ timeout: 8000 })
    expect(await page.locator('[data-extension]:not([data-state="stale"])').count()).toBe(0)
  })

  it('whose key the restarted program does not know says so, and asks no more for a while', async () => {
    const { page, restartHost } = opened
    const refused = await restartHost()
    const banner = page.getByTestId('link-refused')
    await banner.waitFor({ timeout: 15_000 })
    expect(await banner.textContent()).toMatch(/密钥已失效.*请从托盘或终端重新打开前铃/)
    const before = refused()
    expect(before).toBeGreaterThan(0)
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.waitForTimeout(6000)
    expect(refused()).toBe(before)
    expect(await page.getByTestId('link-lost').count()).toBe(0)
  })

  it('puts a dragged call through to the tile it is dropped on, and says so first', async () => {
    const { page } = opened
    const tile = page.getByTestId('board-tile-807')
    const from = await card('talk-1').boundingBox()
    const to = await tile.boundingBox()
    if (!from || !to) throw new Error('not on screen')
    await page.mouse.move(from.x + 150, from.y + 30)
    await page.mouse.down()
    await page.mouse.move(from.x + 170, from.y + 40, { steps: 3 })
    const words = page.getByText('转给 807 周磊（空闲）')
    const hover = async () => {
      await page.mouse.move(to.x + 60, to.y + 30, { steps: 3 })
      return words.count()
    }
    await expect.poll(hover, { timeout: 15_000 }).toBe(1)
    await page.mouse.up()
    await until(() => asked('control.transfer').length === 1)
    expect(asked('control.transfer')).toEqual([{ callId: 'talk-1', target: '807' }])
  })

  it('says in words that a number was withheld, and offers neither a name nor a call back for it', async () => {
    const { page, fixture } = opened
    const hidden = { ...party(''), number: 'anonymous' }
    const ringing = call('hidden-1', Date.now(), { caller: hidden })
    const missed = call('hidden-2', Date.now() - 60_000, { caller: hidden, state: 'missed' })
    const masked = call('hidden-3', Date.now() - 90_000, {
      caller: { ...party('159 1982 xxxx'), number: '1591982xxxx', canonical: '1591982xxxx' },
      state: 'missed',
    })
    fixture.now.calls = {
      ...fixture.now.calls,
      cards: [ringing, missed, masked],
      missed: [missed, masked],
      missedCount: 2,
    }
    fixture.changed('calls')
    const cardOf = (callId: string) => page.locator(`[data-testid=pop-card][data-call-id="${callId}"]`)
    await cardOf('hidden-2').waitFor()
    for (const callId of ['hidden-1', 'hidden-2']) {
      expect(await cardOf(callId).getByTestId('pop-caller').textContent()).toBe('未知号码')
      expect(await cardOf(callId).getAttribute('aria-label')).toContain('未知号码')
    }
    expect(await cardOf('hidden-3').getByTestId('pop-caller').textContent()).toBe('159 1982 xxxx')
    expect(await page.locator('[data-call-id^="hidden-"]').getByTestId('save-name').count()).toBe(0)
    expect(await page.locator('[data-call-id^="hidden-"]').getByTestId('call-back').count()).toBe(0)
    expect(await cardOf('hidden-2').getByTestId('call-handled').count()).toBe(1)
    const row = page.locator('[data-testid=missed-row][data-call-id="hidden-2"]')
    expect(await row.textContent()).toContain('未知号码')
    expect(await page.getByTestId('missed-row').getByRole('button').count()).toBe(0)
  })

  it('tells the pop window how high its cards are, although a hidden window observes no sizes', async () => {
    const { page, fixture } = opened
    await page.addInitScript(`
      window.heights = []
      window.frontbellPop = { resize: (height) => window.heights.push(height), typing() {} }
      window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }
    `)
    fixture.now.calls = { ...fixture.now.calls, cards: [] }
    await page.goto(`${page.url().split('#')[0]}#/pop`)
    await page.reload()
    const told = () => page.evaluate('window.heights.at(-1)')
    await expect.poll(told, { timeout: 10_000 }).toBe(0)
    fixture.now.calls = { ...fixture.now.calls, cards: [call('pop-1', Date.now(), { caller: party('133 1234 5678') })] }
    fixture.changed('calls')
    await card('pop-1').waitFor()
    await expect.poll(told, { timeout: 10_000 }).toBeGreaterThan(60)
  })

  it('has nothing for axe to find, in light, dark and English', async () => {
    const { page, fixture } = opened
    for (const [theme, locale] of [
      ['light', 'zh-CN'],
      ['dark', 'zh-CN'],
      ['light', 'en'],
    ] as const) {
      fixture.now.settings.values = { ...fixture.now.settings.values, theme, locale }
      fixture.changed('settings')
      await page.locator(`html[data-theme="${theme}"][lang="${locale}"]`).waitFor()
      expect(await axeFindings(page, { best: true })).toEqual([])
    }
  })
})
