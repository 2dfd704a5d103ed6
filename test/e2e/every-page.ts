import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { expect, get, popUrl, type RunningApp, startApp } from './app-fixture.ts'

/** An MP3 of two seconds. */
const speechFile = fileURLToPath(new URL('../fixtures/sound/speech.mp3', import.meta.url))
const sections = [
  'connections',
  'notices',
  'pop',
  'numbers',
  'look',
  'groups',
  'menus',
  'crm',
  'answers',
  'recordings',
  'retention',
  'about',
]

/** One walk: a page in the states that it can show. */
export interface Walk {
  app: RunningApp
  fake: FakeTelcrm
  page: Page
  /** What somebody types, in the language of the walk. */
  typed(chinese: string, english: string): string
  /** The names are for the messages of a test. */
  visit(name: string, page: Page): Promise<void>
}

const open = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

async function begin({ app, page }: Walk): Promise<void> {
  await page.goto(app.url)
  await page.getByTestId('board-tile-802').waitFor()
}

/** A missed call, one that is over, one that talks and one that rings; and somebody unknown knocked. */
async function withCalls(walk: Walk): Promise<void> {
  const { app, page } = walk
  const report = async (id: string, caller: string, ...states: string[]) => {
    for (const state of states)
      await get(popUrl(app.listener, { id, caller, callee: '802', state, businessId: `leg-${id}` }))
  }
  await begin(walk)
  await report('missed@x', '13500000001', 'ringing', 'canceled')
  await report('over@x', '13500000009', 'ringing', 'talking', 'hungup')
  await report('talking@x', '13500000002', 'ringing', 'talking')
  await report('ringing@x', '13500000003', 'ringing')
  await expect(
    get(popUrl(app.listener, { id: 'a@x', caller: '1', callee: '802', state: 'ringing' }), '127.0.0.7'),
  ).rejects.toThrow()
  await page.locator('[data-call-id="ringing@x"]').waitFor()
  await page.getByTestId('unknown-source').waitFor()
}

const step = ({ page, visit }: Walk) => ({
  pressEscape: () => page.keyboard.press('Escape'),
  async look(name: string, close?: () => Promise<unknown>): Promise<void> {
    await visit(name, page)
    await close?.()
  },
})

/** Every page, each in a walk of its own, so that several can be walked at the same time. */
export const walks: Record<string, (walk: Walk) => Promise<void>> = {
  async 'the desk'(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await look('empty desk')
    await withCalls(walk)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('8')
    await page.getByTestId('search-result').first().waitFor()
    await look('search', pressEscape)
    await pressEscape()
    await page.getByTestId('dial-input').click()
    await page.getByRole('option').first().waitFor()
    await look('recent numbers', pressEscape)
    await page.getByTestId('dial-input').fill('x')
    await page.keyboard.press('Enter')
    await page.getByTestId('toast-error').waitFor()
    await look('dialling failed', pressEscape)
    await pressEscape()
    await page.getByTestId('board-tile-806').hover()
    await look('tile under the pointer')
    await page.getByTestId('board-layout').click()
    await expect(page.getByTestId('board')).toHaveAttribute('data-layout', 'list')
    await look('board as a list', () => page.getByTestId('board-layout').click())
    await page.getByTestId('presence-menu').click()
    await page.getByTestId('presence-online').waitFor()
    await look('presence menu', pressEscape)
    await page.getByTestId('status-connection-pbx').click()
    await look('connection in the status line', pressEscape)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await look('keys', pressEscape)
  },
  async 'calls on the desk'(walk) {
    const { fake, page } = walk
    const { look, pressEscape } = step(walk)
    await withCalls(walk)
    await page.keyboard.press('t')
    await page.getByTestId('transfer-input').waitFor()
    await look('desk with calls and the transfer open', pressEscape)
    const talk = fake.state.open('incoming', '13500000002', '802', '802', '3002', 'talking@x')
    fake.state.answer(talk)
    await page.keyboard.press('c')
    await page.getByTestId('transfer-input').fill('806')
    await page.keyboard.press('Enter')
    await page.locator('[data-third="ringing"]').waitFor()
    await look('consulting')
    const third = fake.state.conversations.thirdParties.get('802')
    if (third) third.state = 'refused'
    await page.locator('[data-third="refused"]').waitFor()
    await look('consulting somebody who refused')
    await page.getByTestId('consult-back').click()
    await page.getByTestId('consult-outcome').waitFor()
    await look('a consultation is over')
    await page.locator('[data-call-id="talking@x"]').getByTestId('call-more').click()
    await page.getByTestId('call-conference').waitFor()
    await look('more on a card')
    await page.getByTestId('call-conference').click()
    await page.getByTestId('transfer-input').fill('805')
    await page.keyboard.press('Enter')
    await page.getByTestId('conference-members').waitFor()
    await look('conference')
    fake.state.end(talk)
  },
  async 'notes and follow-ups'(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await withCalls(walk)
    await page.locator('[data-call-id="ringing@x"]').getByTestId('call-more').click()
    await page.getByTestId('save-name').click()
    await look('name of a caller', pressEscape)
    await page.keyboard.press('n')
    await page.getByTestId('note-tags').waitFor()
    await page.getByTestId('follow-up-add').click()
    await page.getByTestId('follow-up-form').waitFor()
    await look('note with the form of a reminder')
    await page.getByTestId('follow-up-hour').click()
    await page.getByTestId('follow-up-save').click()
    await page.getByTestId('follow-up').waitFor()
    await page.getByTestId('message-open').first().click()
    await page.getByTestId('message-dialog').waitFor()
    await look('message for a colleague', pressEscape)
    await open(page, '#/follow-ups')
    await page.getByTestId('missed-party').first().waitFor()
    await page.getByTestId('missed-done').click()
    await page.getByTestId('follow-ups-done').click()
    await page.getByTestId('follow-up-snooze').click()
    await page.getByRole('menuitem').first().waitFor()
    await look('follow-ups', pressEscape)
  },
  async team(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/supervisor')
    await page.getByTestId('agent-row').first().waitFor()
    await look('team')
    await page.locator('[data-testid="agent-row"][data-extension="805"]').click()
    await page.getByTestId('presence-span').first().waitFor()
    await look('team: presence of an agent', pressEscape)
  },
  async 'voice files'(walk) {
    const { page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/voice')
    await page.getByTestId('voice-file-row').first().waitFor()
    await look('voice files')
    await page.getByTestId('voice-file-input').setInputFiles(speechFile)
    await page.getByTestId('voice-play').waitFor()
    await look('voice files: a new one')
    await page.getByTestId('voice-title').fill(typed('停电', 'Power cut'))
    await page.getByTestId('voice-words').fill(typed('周六', 'On Saturday'))
    await page.getByTestId('voice-title').press('Enter')
    await page.locator('[data-testid=voice-file-row][data-copy=here]').waitFor()
    await page.locator('[data-testid=voice-file-row] [data-title]').first().press('Enter')
    await look('voice files: without a copy')
    await page.getByTestId('voice-remove').press('Enter')
    await page.getByTestId('voice-remove-dialog').waitFor()
    await look('voice files: asked before one is deleted', pressEscape)
    await page.getByTestId('voice-editor-record').press('Enter')
    await page.getByTestId('voice-mic-fault').waitFor()
    await look('voice files: no microphone')
  },
  async console(walk) {
    const { page } = walk
    const { look } = step(walk)
    await begin(walk)
    await open(page, '#/console')
    await page.getByTestId('operation-row').first().waitFor()
    await look('console')
    await open(page, '#/console/telcrm.tone-file-save')
    await page.getByTestId('field-file').waitFor()
    await look('console: a file')
    await open(page, '#/console/telcrm.screen-pop')
    await page.getByTestId('operation-inbound').waitFor()
    await look('console: what arrives')
    await open(page, '#/console/telcrm.extnum-state')
    await page.getByTestId('operation-send').click()
    await page.getByTestId('record-fields').waitFor()
    await look('console: an answer')
    await open(page, '#/console/telcrm.click-to-hungup')
    await page.getByTestId('field-caller').getByRole('textbox').fill('806')
    await page.getByTestId('field-callee').getByRole('textbox').fill('806')
    await page.getByTestId('operation-send').click()
    await page.getByTestId('operation-confirm-send').waitFor()
    await look('console: asked before it is sent')
    await page.getByTestId('operation-confirm-send').click()
    await page.getByTestId('operation-failure').waitFor()
    await look('console: a refusal')
    await page.locator('input[value="history"] + label').click()
    await page.getByTestId('history-row').first().waitFor()
    await look('console: what was tried')
    await page.getByTestId('system-cloud-cs').click()
    await page.getByTestId('operation-configure').waitFor()
    await look('console: no connection')
  },
  async directory(walk) {
    const { page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/directory')
    await expect(page.getByTestId('directory-row').first()).toBeVisible()
    await look('directory')
    await page.getByTestId('directory-new').click()
    await page.getByTestId('person-name').fill(typed('李建国', 'Ann Lee'))
    await page.getByTestId('person-number').fill('13900000001')
    await look('directory with the form')
    await page.getByTestId('person-save').click()
    await expect(page.getByTestId('person-edit')).toBeVisible()
    await page.getByTestId('opportunity-new').click()
    await look('directory with a card and an opportunity')
    await page.getByTestId('directory-duplicates').click()
    await look('directory, no duplicates', pressEscape)
  },
  async 'import of a file'(walk) {
    const { fake, page, typed } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await open(page, '#/directory')
    await page.getByTestId('directory-import').click()
    await page.getByTestId('import-choose').waitFor()
    await look('import: file')
    await page
      .getByTestId('import-file')
      .setInputFiles({ name: 'old.xls', mimeType: 'text/csv', buffer: Buffer.from('x') })
    await page.getByTestId('import-problem').waitFor()
    await look('import: a file that cannot be read')
    await page.getByTestId('import-file').setInputFiles({
      ...{ name: 'customers.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(
        typed(
          '姓名,手机,公司\n王芳,13800000417,华强\n林国栋,1380013800,\n,13800000009,天河\n李,13900000001,\n',
          'Name,Mobile,Company\nAnn,13800000417,Acme\nBob,1380013800,\n,13800000009,Acme\nLee,13900000001,\n',
        ),
      ),
    })
    await page.getByTestId('import-preview').waitFor()
    await look('import: columns')
    await page.getByTestId('import-check').click()
    await page.getByTestId('import-group-bad-number').waitFor()
    await look('import: check')
    fake.fault('reset')
    await page.getByTestId('import-start').click()
    await page.getByTestId('import-progress').waitFor()
    await look('import: on its way')
    fake.fault(null)
    await page.getByTestId('import-result').waitFor({ timeout: 30_000 })
    await look('import: result')
    await page.getByTestId('import-undo').click()
    await page.getByTestId('import-undo-confirm').waitFor()
    await look('import: asked before it is undone', pressEscape)
    await page.getByTestId('import-next').click()
    await page.getByTestId('import-recent').waitFor()
    await look('import: those before')
  },
  async 'calls, and the pop window'(walk) {
    const { app, page, visit } = walk
    const { look } = step(walk)
    await withCalls(walk)
    await open(page, '#/calls')
    await page.getByTestId('calls-row').first().click()
    await page.getByTestId('call-drawer').waitFor()
    // Unfolded, the stack lies on buttons of the drawer: that is what it is folded for.
    await page.getByTestId('pop-fold').click()
    await look('calls with the drawer, the stack on one line')
    await page.getByTestId('calls-search').fill('nobody')
    await expect(page.getByTestId('calls-row')).toHaveCount(0)
    await look('no calls found')
    const pop = await page.context().newPage()
    await pop.goto(`${new URL(app.url).origin}/#/pop`)
    await pop.getByTestId('pop-card').first().waitFor()
    await visit('pop window', pop)
    await pop.close()
  },
  async settings(walk) {
    const { page } = walk
    const { look } = step(walk)
    await begin(walk)
    for (const section of sections) {
      await open(page, `#/settings/${section}`)
      await expect(page.getByTestId(`settings-section-${section}`)).toHaveAttribute('aria-current', 'true')
      await look(`settings: ${section}`)
    }
    await open(page, '#/settings/crm')
    await page.getByTestId('crm-add').click()
    await page.getByTestId('crm-template').fill('https://{caller}/')
    await page.getByTestId('crm-test').click()
    await page.getByTestId('crm-problem').waitFor()
    await look('settings: a rule of the CRM')
    await open(page, '#/settings/connections')
    await page.getByTestId('check-pbx').click()
    await page.getByTestId('check-ok').waitFor()
    await page.getByTestId('connection-add').click()
    await page.getByTestId('connection-add-cloud-cs').waitFor()
    await look('systems to add')
    await page.getByTestId('connection-add-cloud-cs').click()
    await page.getByTestId('connection-field-clientSecret').waitFor()
    await look('a new connection')
  },
  async 'the PBX is away'(walk) {
    const { fake, page } = walk
    const { look } = step(walk)
    await begin(walk)
    fake.fault('html-login')
    await open(page, '#/desk')
    await page.getByTestId('pbx-down').waitFor()
    await expect(page.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'stale', { timeout: 15_000 })
    await look('the PBX is away')
    fake.fault(null)
  },
}

/** The wizard, from an empty data folder to its last step. */
export async function everyStep(
  { fake, page, settings }: { fake: FakeTelcrm; page: Page; settings: object },
  visit: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const app = await startApp({ settings })
  try {
    await page.goto(app.url)
    const field = page.getByTestId('first-run').getByRole('textbox').first()
    const check = async (address: string) => {
      await field.fill(address)
      await page.keyboard.press('Enter')
    }
    await field.waitFor()
    await visit('wizard: address', page)
    await check('127.0.0.1:9')
    await page.getByTestId('connection-trouble').waitFor()
    await visit('wizard: no PBX there', page)
    await check(fake.baseUrl)
    await page.getByTestId('first-run-extension-802').click()
    await visit('wizard: extension', page)
    await page.getByTestId('first-run-next').click()
    await page.getByTestId('push-address').waitFor()
    await visit('wizard: call notices', page)
    await page.getByTestId('first-run-next').click()
    await expect(page.getByTestId('push-address')).toHaveCount(0)
    await visit('wizard: try it', page)
  } finally {
    await app.stop()
  }
}
